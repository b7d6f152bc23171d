package io.telemetryinject.coordinator.assemble;

import static io.telemetryinject.model.ErrorCode.LOST;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.coordinator.split.FunctionTriage;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to being written: what our own scan finds in our own bytes, and the insertions
 * that our own verification lets through, whoever sent them.
 */
final class FileDraft {
  private final LanguagePack pack;
  private final CompletedFile completed;
  private final byte[] bytes;
  private final SourceText text;
  private final SourceScan scan;
  private final Outcome[] outcomes;
  private final NavigableMap<Integer, List<Insertion>> accepted = new TreeMap<>();

  /** What is accepted now, composed; null when that changed. */
  private @Nullable Composition composition;

  @SuppressWarnings("ArrayRecordComponent")
  private record Composition(List<Insertion> insertions, byte[] after) {}

  private FileDraft(
      LanguagePack pack, CompletedFile completed, byte[] bytes, SourceText text, SourceScan scan) {
    this.pack = pack;
    this.completed = completed;
    this.bytes = bytes;
    this.text = text;
    this.scan = scan;
    this.outcomes = new Outcome[scan.functions().size()];
  }

  static FileDraft of(
      LanguagePack pack,
      CompletedFile completed,
      byte[] bytes,
      RunPolicy policy,
      Selection selection)
      throws SourceRejectedException {
    SourceText text = pack.decode(bytes);
    FileDraft draft = new FileDraft(pack, completed, bytes, text, pack.scan(text.utf8()));
    draft.judge(policy, selection);
    return draft;
  }

  CompletedFile completed() {
    return completed;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Indexes of the functions whose insertions are accepted so far. */
  Collection<Integer> accepted() {
    return List.copyOf(accepted.keySet());
  }

  /** The file with the insertions of all functions that are accepted so far. */
  byte[] composeAll() {
    Composition current = composition;
    if (current == null) {
      List<Insertion> insertions = insertionsOf(accepted.keySet());
      byte[] after =
          insertions.isEmpty() ? bytes : Insertions.apply(bytes, text.charset(), insertions);
      current = new Composition(insertions, after);
      composition = current;
    }
    return current.after();
  }

  /** The file with the insertions of some of the accepted functions. */
  byte[] compose(Collection<Integer> functions) {
    return Insertions.apply(bytes, text.charset(), insertionsOf(functions));
  }

  /** Takes a function's insertions out again. */
  void reject(int function, Outcome.Rejected outcome) {
    accepted.remove(function);
    outcomes[function] = outcome;
    composition = null;
  }

  /** The finished file. */
  AssembledFile finish() {
    byte[] after = composeAll();
    List<Insertion> insertions = requireNonNull(composition).insertions();
    FileRecord fileRecord =
        new FileRecord(
            completed.file().path(),
            completed.file().digest(),
            insertions.isEmpty() ? completed.file().digest() : Sha256.of(after),
            text.charset().name(),
            insertions,
            scripts(),
            (int) Arrays.stream(outcomes).filter(Outcome.Unchanged.class::isInstance).count(),
            others());
    return new AssembledFile(completed.path(), bytes, after, fileRecord);
  }

  private void judge(RunPolicy policy, Selection selection) {
    for (int i = 0; i < outcomes.length; i++) {
      ScannedFunction function = scan.functions().get(i);
      Outcome claimed =
          completed
              .outcomes()
              .getOrDefault(
                  function.start(), new Outcome.Failed(LOST, "no outcome came for this function"));
      outcomes[i] = FunctionTriage.settled(scan, function, text.utf8(), selection).orElse(claimed);
      if (outcomes[i] instanceof Outcome.Applied applied) {
        outcomes[i] = verify(i, function, applied, policy);
      } else if (outcomes[i] == claimed) {
        outcomes[i] = withoutClaims(claimed);
      }
    }
  }

  private Outcome verify(
      int index, ScannedFunction function, Outcome.Applied applied, RunPolicy policy) {
    byte[] code = Arrays.copyOfRange(text.utf8(), function.start(), function.end());
    Verdict verdict =
        pack.verifier()
            .verify(
                function.relative(),
                code,
                pack.telemetryFor(function, policy),
                applied.insertions());
    if (verdict.reason() != null) {
      return new Outcome.Rejected(verdict.reason(), verdict.detail());
    }
    if (!fits(applied.insertions())) {
      return new Outcome.Rejected(
          RejectReason.ENCODING, "a name that " + text.charset().name() + " cannot write");
    }
    accepted.put(index, applied.insertions());
    return applied;
  }

  /** Python knows a function by its name's normal form, which the file's encoding may lack. */
  private boolean fits(List<Insertion> insertions) {
    CharsetEncoder encoder = text.charset().newEncoder();
    return insertions.stream().map(Insertion::text).allMatch(encoder::canEncode);
  }

  /** Only our own scan says that a function is skipped or instrumented already. */
  private static Outcome withoutClaims(Outcome claimed) {
    return claimed instanceof Outcome.Skipped || claimed instanceof Outcome.Unchanged
        ? new Outcome.Failed(LOST, "the outcome that came is not a worker's to give")
        : claimed;
  }

  private List<Insertion> insertionsOf(Collection<Integer> functions) {
    Map<Integer, List<Insertion>> chosen = new TreeMap<>(accepted);
    chosen.keySet().retainAll(functions);
    return EncodedInsertions.toFile(text, pack.compose(text.utf8(), scan, chosen));
  }

  /** Which script did which function, for the telemetry's own metadata. */
  private SortedMap<String, List<String>> scripts() {
    SortedMap<String, List<String>> scripts = new TreeMap<>();
    for (int index : accepted.keySet()) {
      if (outcomes[index] instanceof Outcome.Applied applied) {
        scripts
            .computeIfAbsent(applied.script().baseName(), script -> new ArrayList<>())
            .add(scan.functions().get(index).qualifiedName());
      }
    }
    return scripts;
  }

  private List<FunctionRecord> others() {
    List<FunctionRecord> others = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      if (!isInstrumented(outcomes[i])) {
        ScannedFunction function = scan.functions().get(i);
        others.add(new FunctionRecord(function.qualifiedName(), function.line(), outcomes[i]));
      }
    }
    return others;
  }

  private static boolean isInstrumented(Outcome outcome) {
    return outcome instanceof Outcome.Applied || outcome instanceof Outcome.Unchanged;
  }
}
