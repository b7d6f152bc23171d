package io.telemetryinject.language.python;

/** Finds where a file's own statements begin: behind its docstring and {@code __future__}. */
final class ModuleHead {
  private ModuleHead() {}

  /**
   * The offset for the telemetry import: start of the line of the first statement that is neither
   * docstring nor {@code __future__} import; or of that statement itself when it shares its line
   * with one of those.
   */
  static int importLine(PythonTokens tokens) {
    int first = 0;
    int line = 0;
    while (tokens.kind(first) != PythonTokens.END) {
      boolean head =
          isFutureImport(tokens, first)
              || first == 0 && Constants.stringStatement(tokens, 0).length > 0;
      if (!head) {
        int offset = tokens.start(first);
        return first == line ? tokens.lines().startOfLineAt(offset) : offset;
      }
      first = behindStatement(tokens, first);
      if (tokens.kind(first - 1) == PythonTokens.NEWLINE) {
        line = first;
      }
    }
    return first == 0 ? tokens.source().length : tokens.end(first - 1);
  }

  private static boolean isFutureImport(PythonTokens tokens, int first) {
    return tokens.isName(first, Word.FROM) && tokens.is(first + 1, "__future__");
  }

  private static int behindStatement(PythonTokens tokens, int first) {
    int i = first;
    while (tokens.kind(i) != PythonTokens.NEWLINE && !tokens.isOp(i, ';')) {
      i++;
    }
    boolean semicolonEndsLine = tokens.isOp(i, ';') && tokens.kind(i + 1) == PythonTokens.NEWLINE;
    return semicolonEndsLine ? i + 2 : i + 1;
  }
}
