package io.telemetryinject.coordinator.manifest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run did to one source file: a line of the manifest.
 *
 * @param path relative to the root, as {@link io.telemetryinject.coordinator.tree.PathText} writes
 *     it
 * @param before SHA-256 of the original's bytes
 * @param after SHA-256 of the bytes in the output; equals {@code before} when nothing was inserted
 * @param charset that inserted texts are written in
 * @param insertions ascending, offsets in bytes of the original file: a line map as well
 * @param scripts qualified names of the functions that were instrumented, by script
 * @param unchanged functions that were instrumented already
 * @param others functions that are not, with their reasons
 * @throws IllegalArgumentException when {@code path} leaves its root, or the charset is unknown: a
 *     manifest may come from anywhere
 */
@JsonPropertyOrder({
  "path",
  "before",
  "after",
  "charset",
  "scripts",
  "unchanged",
  "others",
  "insertions"
})
public record FileRecord(
    String path,
    String before,
    String after,
    String charset,
    List<Insertion> insertions,
    SortedMap<String, List<String>> scripts,
    int unchanged,
    List<FunctionRecord> others) {
  public FileRecord {
    PathText.check(requireNonNull(path, "path is missing"));
    requireNonNull(before, "before is missing");
    requireNonNull(after, "after is missing");
    Charset.forName(requireNonNull(charset, "charset is missing"));
    insertions = List.copyOf(insertions);
    scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
    others = List.copyOf(others);
  }

  /** How many functions were instrumented. */
  public int applied() {
    return scripts.values().stream().mapToInt(List::size).sum();
  }

  /** Whether the file held telemetry before the run that made this record. */
  public boolean heldTelemetry() {
    return unchanged > 0
        || others.stream()
            .map(FunctionRecord::outcome)
            .anyMatch(o -> o instanceof Outcome.Rejected r && r.reason() == RejectReason.PARTIAL);
  }

  /** Whether another run would come to the same end, as it would not after a mere failure. */
  public boolean endsTheSameAgain() {
    return others.stream()
        .map(FunctionRecord::outcome)
        .noneMatch(
            o ->
                o instanceof Outcome.Failed
                    || (o instanceof Outcome.Rejected r && r.reason() == RejectReason.EDITED));
  }

  /** A file carried over as it was. */
  public static FileRecord untouched(String path, String digest, List<FunctionRecord> others) {
    return new FileRecord(path, digest, digest, "UTF-8", List.of(), new TreeMap<>(), 0, others);
  }

  /** The same without its insertions, which are long. */
  FileRecord outline() {
    return new FileRecord(path, before, after, charset, List.of(), scripts, unchanged, others);
  }

  /** The same file seen by a later run: what was applied then is unchanged now. */
  public FileRecord seenAgain() {
    return new FileRecord(
        path, before, after, charset, insertions, new TreeMap<>(), applied() + unchanged, others);
  }
}
