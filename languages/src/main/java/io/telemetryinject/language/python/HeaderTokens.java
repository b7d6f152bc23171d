package io.telemetryinject.language.python;

import org.jspecify.annotations.Nullable;

/**
 * Where a function's body begins, told from its tokens alone.
 *
 * @param def index of the {@code def} token
 * @param level blocks that the header stands in
 * @param body index of its first token, line breaks and indentation aside
 * @param firstStatement index of the first token behind the header and the docstring, line breaks
 *     and indentation aside
 * @param oneLine whether the body stands on the header's line
 */
record HeaderTokens(int def, int level, int body, int firstStatement, boolean oneLine) {

  /** The header of the first function in a text, or null where no entry can follow it. */
  static @Nullable HeaderTokens of(PythonTokens tokens) {
    int level = 0;
    int def = 0;
    while (!tokens.isName(def, Word.DEF)) {
      switch (tokens.kind(def)) {
        case PythonTokens.INDENT -> level++;
        case PythonTokens.DEDENT -> level--;
        case PythonTokens.END -> {
          return null;
        }
        default -> {}
      }
      def++;
    }
    int body = behindColon(tokens, def + 1);
    if (body < 0) {
      return null;
    }
    boolean oneLine = tokens.kind(body) != PythonTokens.NEWLINE;
    int first = behindBreaks(tokens, body);
    return new HeaderTokens(def, level, first, behindDocstring(tokens, first), oneLine);
  }

  /** Whether the docstring stands on the header's line, which no line can follow. */
  boolean holdsDocstring() {
    return oneLine && firstStatement > body;
  }

  /** How many brackets a token opens (1), closes (-1), or neither (0). */
  static int nesting(PythonTokens tokens, int i) {
    if (tokens.kind(i) != PythonTokens.OP) {
      return 0;
    }
    return switch (tokens.code(i)) {
      case '(', '[', '{' -> 1;
      case ')', ']', '}' -> -1;
      default -> 0;
    };
  }

  /** Whether a simple statement in front of this token is over. */
  static boolean endsStatement(PythonTokens tokens, int i) {
    return switch (tokens.kind(i)) {
      case PythonTokens.NEWLINE, PythonTokens.END -> true;
      default -> tokens.isOp(i, ';');
    };
  }

  /** Index behind the colon that ends a header; a lambda in its annotation has one of its own. */
  private static int behindColon(PythonTokens tokens, int from) {
    int depth = 0;
    int lambdas = 0;
    for (int i = from; tokens.kind(i) < PythonTokens.NEWLINE; i++) {
      depth += nesting(tokens, i);
      if (depth == 0 && tokens.isName(i, Word.LAMBDA)) {
        lambdas++;
      } else if (depth == 0 && tokens.isOp(i, ':') && --lambdas < 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Index behind the docstring statement that starts at a token; the token's own without one. */
  private static int behindDocstring(PythonTokens tokens, int from) {
    int i = from;
    boolean string = false;
    while (isPlainString(tokens, i) || tokens.isOp(i, '(') || tokens.isOp(i, ')')) {
      string |= isPlainString(tokens, i);
      i++;
    }
    if (!string || !endsStatement(tokens, i)) {
      return from;
    }
    return behindBreaks(tokens, tokens.isOp(i, ';') ? i + 1 : i);
  }

  /** Whether a token is a string that can be a docstring: neither bytes nor formatted. */
  private static boolean isPlainString(PythonTokens tokens, int i) {
    return tokens.kind(i) == PythonTokens.STRING && tokens.code(i) == 0;
  }

  private static int behindBreaks(PythonTokens tokens, int from) {
    int i = from;
    while (tokens.kind(i) >= PythonTokens.NEWLINE && tokens.kind(i) != PythonTokens.END) {
      i++;
    }
    return i;
  }
}
