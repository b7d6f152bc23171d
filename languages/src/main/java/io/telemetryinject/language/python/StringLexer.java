package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Bytes.at;
import static io.telemetryinject.language.python.Bytes.isQuote;
import static io.telemetryinject.language.python.Bytes.lineBreak;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;

/** Finds where strings end, and notes the lines that begin inside them. */
final class StringLexer {
  private final byte[] text;
  private final Lines lines;
  private final FormattedStringLexer formatted;

  StringLexer(byte[] text, Lines lines, PythonTokens.Spans fieldNames) {
    this.text = text;
    this.lines = lines;
    this.formatted = new FormattedStringLexer(text, fieldNames, this);
  }

  /**
   * What a string's prefix makes of it.
   *
   * @return {@link PythonTokens#FORMATTED}, {@link PythonTokens#BYTES}, 0, or -1 for no prefix of a
   *     string
   */
  static int prefix(byte[] text, int start, int end) {
    if (end - start > 2) {
      return -1;
    }
    boolean raw = false;
    int kind = 0;
    boolean unicode = false;
    for (int i = start; i < end; i++) {
      switch (text[i]) {
        case 'r', 'R' -> {
          if (raw || unicode) {
            return -1;
          }
          raw = true;
        }
        case 'b', 'B', 'f', 'F', 't', 'T' -> {
          if (kind != 0 || unicode) {
            return -1;
          }
          boolean bytes = text[i] == 'b' || text[i] == 'B';
          kind = bytes ? PythonTokens.BYTES : PythonTokens.FORMATTED;
        }
        case 'u', 'U' -> {
          if (end - start > 1) {
            return -1;
          }
          unicode = true;
        }
        default -> {
          return -1;
        }
      }
    }
    return kind;
  }

  static boolean isRaw(byte[] text, int start, int quote) {
    for (int i = start; i < quote; i++) {
      if (text[i] == 'r' || text[i] == 'R') {
        return true;
      }
    }
    return false;
  }

  /**
   * The offset behind a string whose prefix is at {@code start} and whose quote at {@code quote}.
   */
  int end(int start, int quote, int prefix) throws SourceRejectedException {
    return prefix == PythonTokens.FORMATTED ? formatted.end(start, quote) : plainEnd(quote);
  }

  /** The offset behind a string without fields. */
  int plainEnd(int quote) throws SourceRejectedException {
    byte mark = text[quote];
    boolean triple = isTriple(text, quote);
    int i = triple ? quote + 3 : quote + 1;
    while (i < text.length) {
      byte b = text[i];
      if (b == mark && (!triple || isTriple(text, i))) {
        return triple ? i + 3 : i + 1;
      }
      if (b == '\\') {
        i++;
        if (i < text.length && lineBreak(text, i) == 0) {
          i++;
        } else if (i < text.length) {
          i = nextLine(i);
        }
      } else if (b == '\n' || b == '\r') {
        if (!triple) {
          break;
        }
        i = nextLine(i);
      } else {
        i++;
      }
    }
    throw unterminated(quote);
  }

  static boolean isTriple(byte[] text, int quote) {
    byte mark = text[quote];
    return isQuote(mark) && at(text, quote + 1) == mark && at(text, quote + 2) == mark;
  }

  /** Notes the line behind the line break at an offset, and says where it starts. */
  int nextLine(int lineBreak) {
    int next = lineBreak + lineBreak(text, lineBreak);
    lines.add(next, Lines.IN_STRING);
    return next;
  }

  static SourceRejectedException unterminated(int quote) {
    return new SourceRejectedException(
        RejectReason.PARSE, "unterminated string from byte " + quote);
  }
}
