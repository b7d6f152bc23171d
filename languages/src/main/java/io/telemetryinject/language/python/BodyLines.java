package io.telemetryinject.language.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A body's lines that re-indentation moves.
 *
 * @param starts of lines that are neither blank nor begun inside a string
 * @param spansStrings whether a string runs from one of the body's lines into another
 * @param plain whether each statement's indentation is on its own line and free of form feeds
 * @param tabs whether a statement's indentation holds tabs
 */
record BodyLines(List<Integer> starts, boolean spansStrings, boolean plain, boolean tabs) {

  /** Looks at the lines from {@code first} up to and including {@code last}. */
  static BodyLines of(PythonTokens tokens, int first, int last) {
    Lines lines = tokens.lines();
    byte[] text = tokens.source();
    List<Integer> starts = new ArrayList<>(Math.max(0, last - first + 1));
    boolean spansStrings = false;
    boolean plain = true;
    boolean tabs = false;
    for (int line = first; line <= last; line++) {
      int start = lines.start(line);
      int code = Bytes.skipBlanks(text, start);
      if (lines.startsInString(line)) {
        spansStrings = true;
      } else if (code < text.length && Bytes.lineBreak(text, code) == 0) {
        starts.add(start);
        if (lines.startsLogicalLine(line)) {
          plain &= !lines.isContinued(line) && !contains(text, start, code, '\f');
          tabs |= contains(text, start, code, '\t');
        }
      }
    }
    return new BodyLines(starts, spansStrings, plain, tabs);
  }

  /**
   * Whether the lines keep their order of indentation, by both of CPython's counts, when a unit is
   * put before each, and agree with lines that are indented by {@code blanks} and the unit.
   */
  boolean canMove(String blanks, String unit, boolean inline) {
    if (!plain || blanks.indexOf('\f') >= 0) {
      return false;
    }
    if (!unit.equals("\t")) {
      return !tabs;
    }
    return inline || column(blanks + unit) == column(unit + blanks);
  }

  private static int column(String blanks) {
    byte[] bytes = blanks.getBytes(StandardCharsets.US_ASCII);
    return Indentation.column(bytes, 0, bytes.length, 0);
  }

  private static boolean contains(byte[] text, int start, int end, char blank) {
    for (int i = start; i < end; i++) {
      if (text[i] == blank) {
        return true;
      }
    }
    return false;
  }
}
