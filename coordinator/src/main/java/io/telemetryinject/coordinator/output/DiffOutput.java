package io.telemetryinject.coordinator.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.tree.TreeEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A unified diff of what a run would do; nothing is written to the tree. */
public final class DiffOutput implements RunOutput {
  private static final int CONTEXT = 3;
  private static final String NO_LINE_BREAK = "\n\\ No newline at end of file";

  private final OutputStream out;

  /**
   * @param out receives the diff's bytes, each file's in its own encoding; stays open
   */
  public DiffOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest) {
    return Optional.empty();
  }

  @Override
  public void keep(TreeEntry.SourceFile file, FileRecord fileRecord) {
    // Nothing is kept, so nothing is taken over.
  }

  @Override
  public synchronized void write(List<AssembledFile> files) throws IOException {
    for (AssembledFile file : files) {
      if (file.isChanged()) {
        out.write(diff(file).getBytes(ISO_8859_1));
      }
    }
    out.flush();
  }

  /** Bytes stand as Latin-1 characters, so that every encoding passes through. */
  private static String diff(AssembledFile file) {
    List<String> before = lines(file.before());
    String path = file.fileRecord().path();
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            name("a/", path),
            name("b/", path),
            before,
            DiffUtils.diff(before, lines(file.after())),
            CONTEXT);
    return String.join("\n", diff) + "\n";
  }

  private static List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>(List.of(new String(bytes, ISO_8859_1).split("\n", -1)));
    String last = lines.remove(lines.size() - 1);
    if (!last.isEmpty()) {
      lines.add(last + NO_LINE_BREAK);
    }
    return lines;
  }

  /** As git writes names: quoted where they hold line breaks, a tab behind those with blanks. */
  private static String name(String side, String path) {
    String name = side + new String(path.getBytes(UTF_8), ISO_8859_1);
    if (name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      return name.contains(" ") ? name + "\t" : name;
    }
    StringBuilder quoted = new StringBuilder("\"");
    name.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == '"' || c == '\\') {
                quoted.append(String.format("\\%03o", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  @Override
  public void carryOver(List<TreeEntry> entries) {
    // A diff shows what changes only.
  }

  @Override
  public void complete() {
    // The diff is out already.
  }

  @Override
  public void close() {
    // The stream is the caller's.
  }
}
