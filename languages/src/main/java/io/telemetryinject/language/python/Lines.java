package io.telemetryinject.language.python;

import java.util.Arrays;

/** Starts of a text's physical lines, and which of them begin inside a string. */
final class Lines {
  private int[] starts;
  private int count = 1;

  /** Starts hold this bit when the line begins inside a string. */
  private static final int IN_STRING = 1 << 30;

  Lines(int capacity) {
    starts = new int[capacity + 1];
  }

  void add(int start, boolean inString) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count++] = inString ? start | IN_STRING : start;
  }

  int count() {
    return count;
  }

  /** Offset of the first byte of a line, 0-based; the first line starts at 0. */
  int start(int line) {
    return starts[line] & ~IN_STRING;
  }

  boolean startsInString(int line) {
    return (starts[line] & IN_STRING) != 0;
  }

  /** The line that holds an offset, 0-based. */
  int at(int offset) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (start(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
