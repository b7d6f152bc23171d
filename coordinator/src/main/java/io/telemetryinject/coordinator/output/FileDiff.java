package io.telemetryinject.coordinator.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.model.Insertion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One file's unified diff, as {@code git apply} and {@code patch -p1} take it. Bytes pass through,
 * whatever their encoding. Made of the insertions, not of the texts: its cost grows with the file's
 * length only.
 */
final class FileDiff {
  private static final int CONTEXT = 3;
  private static final byte[] NO_LINE_BREAK = "\n\\ No newline at end of file\n".getBytes(US_ASCII);

  private final List<Line> lines = new ArrayList<>();

  /** A line with its break, if it has one. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Line(char sign, byte[] text) {}

  private FileDiff() {}

  /** Of a file that was instrumented. */
  static byte[] of(AssembledFile file) {
    FileDiff diff = new FileDiff();
    diff.addInserted(
        file.before(),
        file.fileRecord().insertions(),
        Charset.forName(file.fileRecord().charset()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    print(out, "--- ");
    out.writeBytes(DiffName.of("a/", file.path()));
    print(out, "\n+++ ");
    out.writeBytes(DiffName.of("b/", file.path()));
    print(out, "\n");
    diff.writeHunks(out);
    return out.toByteArray();
  }

  /** Of a file that is new. */
  static byte[] ofNew(Path path, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    print(out, "diff --git ");
    out.writeBytes(DiffName.quoted("a/", path));
    print(out, " ");
    out.writeBytes(DiffName.quoted("b/", path));
    print(out, "\nnew file mode 100644\n");
    if (content.length > 0) {
      FileDiff diff = new FileDiff();
      diff.addAll('+', content);
      print(out, "--- /dev/null\n+++ ");
      out.writeBytes(DiffName.of("b/", path));
      print(out, "\n");
      diff.writeHunks(out);
    }
    return out.toByteArray();
  }

  /** Of a file all of which is another. */
  static byte[] ofReplaced(Path path, byte[] before, byte[] after) {
    FileDiff diff = new FileDiff();
    diff.addAll('-', before);
    diff.addAll('+', after);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    print(out, "--- ");
    out.writeBytes(DiffName.of("a/", path));
    print(out, "\n+++ ");
    out.writeBytes(DiffName.of("b/", path));
    print(out, "\n");
    diff.writeHunks(out);
    return out.toByteArray();
  }

  private void addAll(char sign, byte[] text) {
    for (int start = 0; start < text.length; ) {
      int end = endOfLine(text, start);
      lines.add(new Line(sign, Arrays.copyOfRange(text, start, end)));
      start = end;
    }
  }

  private void addInserted(byte[] before, List<Insertion> insertions, Charset charset) {
    int next = 0;
    int start = 0;
    do {
      int end = endOfLine(before, start);
      ByteArrayOutputStream changed = new ByteArrayOutputStream();
      int done = start;
      int first = next;
      while (next < insertions.size()
          && (insertions.get(next).offset() < end || end == before.length)) {
        Insertion insertion = insertions.get(next++);
        changed.write(before, done, insertion.offset() - done);
        changed.writeBytes(insertion.text().getBytes(charset));
        done = insertion.offset();
      }
      byte[] line = Arrays.copyOfRange(before, start, end);
      if (next == first) {
        lines.add(new Line(' ', line));
      } else {
        changed.write(before, done, end - done);
        addChanged(line, changed.toByteArray());
      }
      start = end;
    } while (start < before.length);
  }

  /** Lines before or behind one that stays are additions, and the line is context. */
  private void addChanged(byte[] line, byte[] text) {
    if (line.length == 0) {
      addAll('+', text);
      return;
    }
    int last = text.length - line.length;
    boolean endsWithIt =
        last > 0
            && text[last - 1] == '\n'
            && Arrays.equals(text, last, text.length, line, 0, line.length);
    if (endsWithIt) {
      addAll('+', Arrays.copyOf(text, last));
      lines.add(new Line(' ', line));
    } else if (Arrays.equals(text, 0, endOfLine(text, 0), line, 0, line.length)) {
      lines.add(new Line(' ', line));
      addAll('+', Arrays.copyOfRange(text, line.length, text.length));
    } else {
      lines.add(new Line('-', line));
      addAll('+', text);
    }
  }

  private static int endOfLine(byte[] text, int start) {
    int end = start;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, text.length);
  }

  private void writeHunks(ByteArrayOutputStream out) {
    int before = 0;
    int after = 0;
    int at = 0;
    while (at < lines.size()) {
      int change = nextChange(at);
      int start = Math.max(at, change - CONTEXT);
      for (; at < start; at++) {
        before++;
        after++;
      }
      if (change == lines.size()) {
        return;
      }
      int end = endOfHunk(change);
      List<Line> hunk = lines.subList(start, end);
      int removed = (int) hunk.stream().filter(line -> line.sign() != '+').count();
      int added = (int) hunk.stream().filter(line -> line.sign() != '-').count();
      print(out, "@@ -" + range(before, removed) + " +" + range(after, added) + " @@\n");
      hunk.forEach(line -> write(line, out));
      before += removed;
      after += added;
      at = end;
    }
  }

  private int nextChange(int from) {
    int at = from;
    while (at < lines.size() && lines.get(at).sign() == ' ') {
      at++;
    }
    return at;
  }

  /** A hunk goes on while the next change is near enough for the contexts to meet. */
  private int endOfHunk(int change) {
    int last = change;
    for (int at = change; at < lines.size() && at - last <= 2 * CONTEXT; at++) {
      if (lines.get(at).sign() != ' ') {
        last = at;
      }
    }
    return Math.min(lines.size(), last + 1 + CONTEXT);
  }

  /** A range of no lines names the line before it. */
  private static String range(int before, int count) {
    return (count == 0 ? before : before + 1) + "," + count;
  }

  private static void write(Line line, ByteArrayOutputStream out) {
    out.write(line.sign());
    out.writeBytes(line.text());
    if (line.text()[line.text().length - 1] != '\n') {
      out.writeBytes(NO_LINE_BREAK);
    }
  }

  private static void print(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(US_ASCII));
  }
}
