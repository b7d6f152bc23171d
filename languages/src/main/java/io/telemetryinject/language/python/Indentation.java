package io.telemetryinject.language.python;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;

/**
 * CPython's indentation rule: columns are counted twice, with tabs to the next multiple of 8 and
 * with tabs as 1, and both counts must agree on what is deeper.
 */
final class Indentation {
  /** CPython's MAXINDENT: the outermost level counts. */
  static final int MAX_LEVELS = 100;

  private final int[] columns = new int[MAX_LEVELS];
  private final int[] narrowColumns = new int[MAX_LEVELS];
  private int top;

  /** The column behind some blanks, tabs going to the next multiple of 8. */
  static int column(byte[] text, int start, int end, int before) {
    int column = before;
    for (int i = start; i < end; i++) {
      switch (text[i]) {
        case '\t' -> column = (column / 8 + 1) * 8;
        case '\f' -> column = 0;
        default -> column++;
      }
    }
    return column;
  }

  /** The column behind some blanks, tabs counting as one. */
  static int narrowColumn(byte[] text, int start, int end, int before) {
    int column = before;
    for (int i = start; i < end; i++) {
      column = text[i] == '\f' ? 0 : column + 1;
    }
    return column;
  }

  int levels() {
    return top;
  }

  /**
   * Takes a logical line's columns.
   *
   * @return 1 for a deeper level, else minus the number of levels left
   */
  int next(int column, int narrowColumn, int offset) throws SourceRejectedException {
    if (column > columns[top]) {
      if (top + 1 >= MAX_LEVELS) {
        throw new SourceRejectedException(
            RejectReason.NESTING, "more than 99 levels of indentation at byte " + offset);
      }
      if (narrowColumn <= narrowColumns[top]) {
        throw inconsistent(offset);
      }
      top++;
      columns[top] = column;
      narrowColumns[top] = narrowColumn;
      return 1;
    }
    int before = top;
    while (top > 0 && column < columns[top]) {
      top--;
    }
    if (column != columns[top]) {
      throw new SourceRejectedException(
          RejectReason.PARSE, "unindent matches no outer level at byte " + offset);
    }
    if (narrowColumn != narrowColumns[top]) {
      throw inconsistent(offset);
    }
    return top - before;
  }

  private static SourceRejectedException inconsistent(int offset) {
    return new SourceRejectedException(
        RejectReason.PARSE, "inconsistent tabs and spaces at byte " + offset);
  }
}
