package io.telemetryinject.language.python;

/** Walks the tokens of a function as it was, and knows which returns are the function's own. */
final class OriginalTokens {
  private final PythonTokens tokens;
  private final int def;
  private int next;
  private int level;
  private int nestedLevel = -1; // of the outermost nested def that the walk is in
  private boolean startsLine = true;

  OriginalTokens(PythonTokens tokens, HeaderTokens header) {
    this.tokens = tokens;
    this.def = header.def();
  }

  /** Blocks that the next token stands in. */
  int level() {
    return level;
  }

  /** Goes to the next token that is not mere structure, and answers its index. */
  int seek() {
    while (true) {
      switch (tokens.kind(next)) {
        case PythonTokens.INDENT -> level++;
        case PythonTokens.DEDENT -> level--;
        default -> {
          if (startsLine && level <= nestedLevel) {
            nestedLevel = -1;
          }
          return next;
        }
      }
      next++;
    }
  }

  /** Whether the token that {@link #seek} went to is a return of the function itself. */
  boolean atOwnReturn() {
    return nestedLevel < 0 && tokens.isName(next, Word.RETURN);
  }

  /** Whether the token that {@link #seek} went to is an own return that has no value. */
  boolean atOwnBareReturn() {
    return atOwnReturn() && HeaderTokens.endsStatement(tokens, next + 1);
  }

  boolean atStatementEnd() {
    return HeaderTokens.endsStatement(tokens, next);
  }

  boolean atEnd() {
    return tokens.kind(seek()) == PythonTokens.END;
  }

  /** Steps over a line break, if one is next. */
  boolean takeLineBreak() {
    if (tokens.kind(next) != PythonTokens.NEWLINE) {
      return false;
    }
    next++;
    startsLine = true;
    return true;
  }

  /** Steps over the token that {@link #seek} went to if it is the same one. */
  boolean take(int kind, int start, int end) {
    int i = next;
    if (tokens.kind(i) != kind || tokens.start(i) != start || tokens.end(i) != end) {
      return false;
    }
    if (i > def && nestedLevel < 0 && tokens.isName(i, Word.DEF)) {
      nestedLevel = level;
    }
    next++;
    startsLine = false;
    return true;
  }
}
