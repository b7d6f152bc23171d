package io.telemetryinject.language.python;

/** Counts the context managers that a {@code with} statement enters. */
final class WithItems {
  private WithItems() {}

  static int count(PythonTokens tokens, int first, int colon) {
    int open = tokens.isName(first, Word.ASYNC) ? first + 2 : first + 1;
    int level = isOneGroup(tokens, open, colon) ? 1 : 0;
    int depth = 0;
    int items = 1;
    for (int i = open; i < colon; i++) {
      if (tokens.kind(i) != PythonTokens.OP) {
        continue;
      }
      switch (tokens.code(i)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        case ',' -> items += depth == level && !tokens.isOp(i + 1, ')') ? 1 : 0;
        default -> {}
      }
    }
    return items;
  }

  /** Whether a pair of parentheses holds all that stands before the colon. */
  private static boolean isOneGroup(PythonTokens tokens, int open, int colon) {
    if (!tokens.isOp(open, '(')) {
      return false;
    }
    int depth = 0;
    for (int i = open; i < colon; i++) {
      if (tokens.isOp(i, '(')) {
        depth++;
      } else if (tokens.isOp(i, ')') && --depth == 0) {
        return i == colon - 1;
      }
    }
    return false;
  }
}
