package io.telemetryinject.language.python;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.model.Insertion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts the verified insertions of a file's functions into one list.
 *
 * <p>Functions nest, tasks do not know of each other: lines that an inner function adds must stand
 * as deep as the lines around them, which every enclosing function that captures exceptions moves.
 */
final class PythonComposer {

  /** See {@link io.telemetryinject.language.LanguagePack#compose}. */
  List<Insertion> compose(byte[] utf8, SourceScan scan, Map<Integer, List<Insertion>> accepted) {
    List<ScannedFunction> functions = scan.functions();
    for (int index : accepted.keySet()) {
      if (index < 0 || index >= functions.size()) {
        throw new IllegalArgumentException("the file has no function " + index);
      }
    }
    List<Placed> placed = new ArrayList<>();
    int[] depths = new int[functions.size()];
    String[] prefixes = new String[functions.size()]; // of lines that stand in a function's body
    for (int i = 0; i < depths.length; i++) {
      int outer = functions.get(i).enclosing();
      List<Insertion> insertions = accepted.getOrDefault(i, List.of());
      String prefix = outer < 0 ? "" : prefixes[outer];
      depths[i] = outer < 0 ? 0 : depths[outer] + 1;
      prefixes[i] = prefix + unitOf(insertions);
      place(functions.get(i), insertions, prefix, depths[i], placed);
    }
    if (placed.isEmpty()) {
      return List.of();
    }
    if (!scan.instrumented()) {
      placed.add(TelemetryImport.place(utf8, scan));
    }
    placed.sort(Placed.IN_FILE);
    return placed.stream().map(p -> new Insertion(p.offset(), p.text())).toList();
  }

  private static void place(
      ScannedFunction function,
      List<Insertion> insertions,
      String prefix,
      int depth,
      List<Placed> placed) {
    int tail = function.body().tail();
    for (Insertion insertion : insertions) {
      int offset = function.start() + insertion.offset();
      String text = insertion.text();
      if (isUnit(text)) {
        placed.add(new Placed(offset, Rank.UNIT, depth, text));
      } else if (text.equals(PythonForms.CLOSER)) {
        placed.add(new Placed(offset, Rank.CLOSER, -depth, text));
      } else if (!holdsLineBreak(text)) {
        placed.add(new Placed(offset, Rank.INLINE, depth, text));
      } else if (!startsWithLineBreak(text)) {
        placed.add(new Placed(offset, Rank.LINES_BEFORE, depth, prefix + moved(text, prefix)));
      } else {
        // A tail, or the head of a body that stands on its header's line.
        boolean isTail = offset == tail;
        placed.add(
            new Placed(
                offset,
                isTail ? Rank.LINES_AFTER : Rank.INLINE,
                isTail ? -depth : depth,
                moved(text, prefix)));
      }
    }
  }

  /** The text with a prefix behind each line break, but for one at its very end. */
  private static String moved(String text, String prefix) {
    if (prefix.isEmpty()) {
      return text;
    }
    StringBuilder moved = new StringBuilder(text.length() + 4 * prefix.length());
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      moved.append(c);
      boolean ends = c == '\n' || (c == '\r' && i < last && text.charAt(i + 1) != '\n');
      if (ends && i < last) {
        moved.append(prefix);
      }
    }
    return moved.toString();
  }

  /** The unit that accepted insertions move their function's lines by; empty where they do not. */
  private static String unitOf(List<Insertion> insertions) {
    for (Insertion insertion : insertions) {
      if (isUnit(insertion.text())) {
        return insertion.text();
      }
    }
    return "";
  }

  private static boolean isUnit(String text) {
    return text.chars().allMatch(c -> c == ' ' || c == '\t');
  }

  private static boolean holdsLineBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  private static boolean startsWithLineBreak(String text) {
    return text.charAt(0) == '\n' || text.charAt(0) == '\r';
  }
}
