package io.telemetryinject.language.python;

/** What single bytes of Python source mean outside strings. */
final class Bytes {
  private static final int NAME_START = 1;
  private static final int NAME_PART = 2;
  private static final byte[] CLASSES = new byte[256];

  static {
    for (int b = 0; b < 256; b++) {
      boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b >= 0x80;
      if (letter) {
        CLASSES[b] = NAME_START | NAME_PART;
      } else if (isDigit(b)) {
        CLASSES[b] = NAME_PART;
      }
    }
  }

  private Bytes() {}

  static boolean isNameStart(byte b) {
    return (CLASSES[b & 0xff] & NAME_START) != 0;
  }

  static boolean isNamePart(byte b) {
    return CLASSES[b & 0xff] != 0;
  }

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  static boolean isBlank(int b) {
    return b == ' ' || b == '\t' || b == '\f';
  }

  static boolean isQuote(int b) {
    return b == '"' || b == '\'';
  }

  /** The byte at an offset, or 0 behind the end (no source holds a NUL). */
  static byte at(byte[] text, int offset) {
    return offset < text.length ? text[offset] : 0;
  }

  /** Length of the line break at an offset: 0 when there is none. */
  static int lineBreak(byte[] text, int offset) {
    byte b = at(text, offset);
    if (b == '\n') {
      return 1;
    }
    if (b == '\r') {
      return at(text, offset + 1) == '\n' ? 2 : 1;
    }
    return 0;
  }

  /** The first offset at or behind {@code offset} that holds no blank. */
  static int skipBlanks(byte[] text, int offset) {
    int at = offset;
    while (at < text.length && isBlank(text[at])) {
      at++;
    }
    return at;
  }

  /** The first offset at or behind {@code offset} that ends its line. */
  static int endOfLine(byte[] text, int offset) {
    int at = offset;
    while (at < text.length && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    return at;
  }
}
