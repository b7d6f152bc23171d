package io.telemetryinject.language.python;

import java.util.Arrays;

/** Starts of a text's physical lines, and how each of them begins. */
final class Lines {
  /** Begins inside a string. */
  static final int IN_STRING = 1 << 30;

  /** Goes on where a backslash ended the line before. */
  static final int CONTINUED = 1 << 29;

  /** Its first token begins a logical line. */
  private static final int LOGICAL = 1 << 28;

  private static final int START = LOGICAL - 1;

  private int[] starts;
  private int count = 1;

  Lines(int capacity) {
    starts = new int[capacity + 1];
  }

  /** Adds a line; {@code how} is 0, {@link #IN_STRING} or {@link #CONTINUED}. */
  void add(int start, int how) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count++] = start | how;
  }

  /** Notes that the last line's first token begins a logical line. */
  void beginsLogicalLine() {
    starts[count - 1] |= LOGICAL;
  }

  int count() {
    return count;
  }

  /** Offset of the first byte of a line; lines count from 0, and line 0 starts at 0. */
  int start(int line) {
    return starts[line] & START;
  }

  boolean startsInString(int line) {
    return (starts[line] & IN_STRING) != 0;
  }

  boolean isContinued(int line) {
    return (starts[line] & CONTINUED) != 0;
  }

  boolean startsLogicalLine(int line) {
    return (starts[line] & LOGICAL) != 0;
  }

  /** The line that holds an offset. */
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

  /** Start of the line that holds an offset. */
  int startOfLineAt(int offset) {
    return start(at(offset));
  }
}
