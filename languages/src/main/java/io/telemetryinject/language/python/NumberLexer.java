package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Bytes.at;
import static io.telemetryinject.language.python.Bytes.isDigit;

/** Finds where a number ends; {@code 1if x} is a number and a keyword. */
final class NumberLexer {
  private NumberLexer() {}

  /** The offset behind the number that starts with a digit, or a dot and a digit. */
  static int end(byte[] text, int start) {
    if (text[start] == '0') {
      int radix =
          switch (at(text, start + 1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
          };
      if (radix != 10) {
        return digits(text, start + 2, radix);
      }
    }
    int end = digits(text, start, 10);
    if (at(text, end) == '.') {
      end = digits(text, end + 1, 10);
    }
    end = exponent(text, end);
    byte suffix = at(text, end);
    return suffix == 'j' || suffix == 'J' ? end + 1 : end;
  }

  private static int exponent(byte[] text, int offset) {
    byte b = at(text, offset);
    if (b != 'e' && b != 'E') {
      return offset;
    }
    byte next = at(text, offset + 1);
    int first = next == '+' || next == '-' ? offset + 2 : offset + 1;
    return isDigit(at(text, first)) ? digits(text, first, 10) : offset;
  }

  private static int digits(byte[] text, int offset, int radix) {
    int end = offset;
    while (Character.digit(at(text, end), radix) >= 0
        || at(text, end) == '_' && Character.digit(at(text, end + 1), radix) >= 0) {
      end++;
    }
    return end;
  }
}
