package io.telemetryinject.language.python;

/** Tells {@code match} the statement from {@code match} the name. */
final class SoftKeywords {
  private SoftKeywords() {}

  /** Whether the line is a match statement: nothing else ends in a colon outside of brackets. */
  static boolean startsMatch(PythonTokens tokens, int first) {
    int i = first;
    while (tokens.kind(i) != PythonTokens.NEWLINE) {
      i++;
    }
    return i > first + 2 && tokens.isOp(i - 1, ':');
  }
}
