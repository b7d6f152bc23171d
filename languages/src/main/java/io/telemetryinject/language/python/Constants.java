package io.telemetryinject.language.python;

/** Recognises expressions that are nothing but a constant, as CPython's parser folds them. */
final class Constants {
  private Constants() {}

  /**
   * Whether the statement that starts at a token is a string alone: neither bytes nor formatted,
   * maybe in parentheses, maybe several in a row.
   *
   * @return the first and last token of the string, or null
   */
  static int[] stringStatement(PythonTokens tokens, int first) {
    int from = first;
    while (tokens.isOp(from, '(')) {
      from++;
    }
    int to = from;
    while (tokens.kind(to) == PythonTokens.STRING && tokens.code(to) == 0) {
      to++;
    }
    if (to == from) {
      return NO_STRING;
    }
    int end = to + (from - first);
    for (int i = to; i < end; i++) {
      if (!tokens.isOp(i, ')')) {
        return NO_STRING;
      }
    }
    boolean alone = tokens.kind(end) == PythonTokens.NEWLINE || tokens.isOp(end, ';');
    return alone ? new int[] {from, to - 1} : NO_STRING;
  }

  static final int[] NO_STRING = {};

  /** Whether the tokens from {@code first} up to {@code end} are a constant that is true. */
  static boolean isTrue(PythonTokens tokens, int first, int end) {
    int from = first;
    int to = end;
    while (from < to && tokens.isOp(from, '(') && tokens.isOp(to - 1, ')')) {
      from++;
      to--;
    }
    if (to - from == 1) {
      return switch (tokens.kind(from)) {
        case PythonTokens.NAME -> tokens.code(from) == Word.TRUE;
        case PythonTokens.NUMBER -> !isZero(tokens.text(from));
        case PythonTokens.OP -> tokens.code(from) == PythonTokens.ELLIPSIS;
        default -> isText(tokens, from);
      };
    }
    boolean text = false;
    for (int i = from; i < to; i++) {
      if (tokens.kind(i) != PythonTokens.STRING || tokens.code(i) == PythonTokens.FORMATTED) {
        return false;
      }
      text |= isText(tokens, i);
    }
    return text;
  }

  private static boolean isText(PythonTokens tokens, int string) {
    if (tokens.kind(string) != PythonTokens.STRING
        || tokens.code(string) == PythonTokens.FORMATTED) {
      return false;
    }
    byte[] text = tokens.source();
    int quote = tokens.start(string);
    while (!Bytes.isQuote(text[quote])) {
      quote++;
    }
    int marks = StringLexer.isTriple(text, quote) ? 6 : 2;
    return tokens.end(string) - quote > marks;
  }

  private static boolean isZero(String number) {
    String digits = number.replace("_", "").toLowerCase(java.util.Locale.ROOT);
    if (digits.matches("0[xob].*")) {
      return digits.substring(2).matches("0*");
    }
    String value = digits.endsWith("j") ? digits.substring(0, digits.length() - 1) : digits;
    return Double.parseDouble(value) == 0;
  }
}
