package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Bytes.at;

/** Python's operators and delimiters, longest first. */
final class Operators {
  private Operators() {}

  /** Length of the operator at an offset; 0 when there is none. */
  static int length(byte[] text, int offset) {
    byte second = at(text, offset + 1);
    return switch (text[offset]) {
      case '(', ')', '[', ']', '{', '}', ',', ';', '~' -> 1;
      case '=', ':', '+', '%', '&', '|', '^', '@' -> second == '=' ? 2 : 1;
      case '!' -> second == '=' ? 2 : 0;
      case '-' -> second == '=' || second == '>' ? 2 : 1;
      case '.' -> second == '.' && at(text, offset + 2) == '.' ? 3 : 1;
      case '*', '/', '>' -> doubled(text, offset, second);
      case '<' -> second == '>' ? 2 : doubled(text, offset, second);
      default -> 0;
    };
  }

  /** The code that {@link PythonTokens#code} gives an operator. */
  static int code(byte[] text, int offset, int length) {
    byte first = text[offset];
    if (length == 1) {
      return first;
    }
    byte last = text[offset + length - 1];
    if (last == '=') {
      return switch (first) {
        case ':' -> PythonTokens.WALRUS;
        case '=', '!' -> PythonTokens.OTHER_OPERATOR;
        case '<', '>' -> length == 2 ? PythonTokens.OTHER_OPERATOR : PythonTokens.AUGMENTED;
        default -> PythonTokens.AUGMENTED;
      };
    }
    return switch (first) {
      case '-' -> PythonTokens.ARROW;
      case '*' -> PythonTokens.DOUBLE_STAR;
      case '.' -> PythonTokens.ELLIPSIS;
      default -> PythonTokens.OTHER_OPERATOR;
    };
  }

  private static int doubled(byte[] text, int offset, byte second) {
    if (second == '=') {
      return 2;
    }
    if (second != text[offset]) {
      return 1;
    }
    return at(text, offset + 2) == '=' ? 3 : 2;
  }
}
