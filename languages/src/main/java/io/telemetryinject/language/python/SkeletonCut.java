package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.telemetryinject.language.SourceRejectedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shortens a skeleton that is too long to be shown.
 *
 * <p>First, statements behind the beginning give way to {@code ...} where neither the blocks nor
 * the ways out of the function depend on them. If that does not do, lines from the middle go.
 */
final class SkeletonCut {
  private static final int MAX_LINE = 800;
  private static final String DOTS = "...";

  /**
   * A logical line.
   *
   * @param text with its line break
   * @param decisive whether the function would have other blocks or ways out without it
   */
  private record Line(String indent, String text, boolean decisive) {
    Line dots() {
      return new Line(indent, indent + DOTS + "\n", false);
    }
  }

  private SkeletonCut() {}

  /** The skeleton itself if it fits, else a shorter one; the limit is in bytes. */
  static String fit(String skeleton, int limit) throws SourceRejectedException {
    if (skeleton.length() <= limit) {
      return skeleton;
    }
    List<Line> lines = linesOf(skeleton);
    List<Line> shorter = withoutDetails(lines, limit / 3);
    return join(length(shorter) <= limit ? shorter : ends(shorter, limit));
  }

  private static List<Line> withoutDetails(List<Line> lines, int beginning) {
    List<Line> kept = new ArrayList<>();
    int length = 0;
    boolean elided = false;
    for (Line line : lines) {
      length += line.text.length();
      if (line.decisive || length <= beginning) {
        kept.add(line);
        elided = false;
      } else if (!elided || !kept.get(kept.size() - 1).indent.equals(line.indent)) {
        kept.add(line.dots());
        elided = true;
      }
    }
    return kept;
  }

  private static List<Line> ends(List<Line> lines, int limit) {
    int room = limit - MAX_LINE;
    int first = 0;
    int length = 0;
    while (length + lines.get(first).text.length() <= room * 2 / 3) {
      length += lines.get(first++).text.length();
    }
    int last = lines.size();
    while (last > first && length + lines.get(last - 1).text.length() <= room) {
      length += lines.get(--last).text.length();
    }
    List<Line> kept = new ArrayList<>(lines.subList(0, first));
    kept.add(lines.get(first).dots());
    kept.addAll(lines.subList(last, lines.size()));
    return kept;
  }

  private static List<Line> linesOf(String skeleton) throws SourceRejectedException {
    PythonTokens tokens = PythonLexer.lex(skeleton.getBytes(US_ASCII));
    List<Line> lines = new ArrayList<>();
    int start = 0;
    int first = 0;
    boolean decisive = false;
    for (int i = 0; i < tokens.count(); i++) {
      switch (tokens.kind(i)) {
        case PythonTokens.INDENT, PythonTokens.DEDENT -> first = i + 1;
        case PythonTokens.NEWLINE -> {
          decisive |= tokens.isOp(i - 1, ':') || tokens.isOp(first, '@');
          lines.add(line(tokens, start, first, i, decisive));
          start = tokens.end(i);
          first = i + 1;
          decisive = false;
        }
        case PythonTokens.NAME -> decisive |= decides(tokens.code(i), i == first);
        default -> {}
      }
    }
    return lines;
  }

  private static Line line(
      PythonTokens tokens, int start, int first, int newline, boolean decisive) {
    int code = tokens.start(first);
    String indent = tokens.slice(tokens.lines().startOfLineAt(code), code);
    int end = tokens.start(newline);
    String text = tokens.slice(start, end);
    if (text.length() > MAX_LINE) {
      int token = first;
      while (token < newline && tokens.end(token) - start < MAX_LINE - DOTS.length() - 1) {
        token++;
      }
      text = tokens.slice(start, token == first ? code : tokens.end(token - 1)) + " " + DOTS;
    }
    return new Line(indent.isBlank() ? indent : "", text + "\n", decisive);
  }

  /** Whether a keyword leaves the function or a loop, or opens a block that others belong to. */
  private static boolean decides(int word, boolean startsLine) {
    return switch (word) {
      case Word.RETURN, Word.RAISE, Word.YIELD, Word.BREAK -> true;
      case Word.IF,
          Word.ELIF,
          Word.ELSE,
          Word.FOR,
          Word.WHILE,
          Word.WITH,
          Word.TRY,
          Word.EXCEPT,
          Word.FINALLY,
          Word.DEF,
          Word.CLASS,
          Word.ASYNC,
          Word.CASE ->
          startsLine;
      default -> false;
    };
  }

  private static int length(List<Line> lines) {
    return lines.stream().mapToInt(line -> line.text.length()).sum();
  }

  private static String join(List<Line> lines) {
    StringBuilder joined = new StringBuilder();
    lines.forEach(line -> joined.append(line.text));
    joined.setLength(joined.length() - 1);
    return joined.toString();
  }
}
