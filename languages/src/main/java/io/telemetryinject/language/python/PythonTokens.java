package io.telemetryinject.language.python;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A Python text taken apart: tokens, comments, and physical lines, in order. All offsets are UTF-8
 * bytes, 0-based, ends exclusive.
 *
 * <p>The tokens are those of CPython's tokenizer up to 3.11: an f-string is one {@link #STRING}.
 * {@link #NEWLINE} ends a logical line and spans its line break (empty at the end of a text without
 * one); {@link #INDENT} spans the blanks; {@link #DEDENT} and {@link #END} are empty.
 */
final class PythonTokens {
  static final int NAME = 1;
  static final int NUMBER = 2;
  static final int STRING = 3;
  static final int OP = 4;
  static final int NEWLINE = 5;
  static final int INDENT = 6;
  static final int DEDENT = 7;
  static final int END = 8;

  /** Code of a STRING with fields: prefix f or t. */
  static final int FORMATTED = 1;

  /** Code of a STRING of bytes: prefix b. */
  static final int BYTES = 2;

  /** Codes of operators of more than one character; others have their character as code. */
  static final int ARROW = 1;

  static final int WALRUS = 2;
  static final int DOUBLE_STAR = 3;
  static final int ELLIPSIS = 4;

  /** An augmented assignment: {@code +=}, {@code //=} … */
  static final int AUGMENTED = 5;

  /** A comparison, shift or floor division. */
  static final int OTHER_OPERATOR = 6;

  private final byte[] source;
  private final Spans tokens;
  private final Spans comments;
  private final Spans fieldNames;
  private final Lines lines;

  PythonTokens(byte[] source, Spans tokens, Spans comments, Spans fieldNames, Lines lines) {
    this.source = source;
    this.tokens = tokens;
    this.comments = comments;
    this.fieldNames = fieldNames;
    this.lines = lines;
  }

  byte[] source() {
    return source;
  }

  int count() {
    return tokens.count();
  }

  int kind(int token) {
    return tokens.kind(token);
  }

  int start(int token) {
    return tokens.start(token);
  }

  int end(int token) {
    return tokens.end(token);
  }

  /**
   * For a NAME its {@link Word}; for an OP its character, or one of the codes above; for a STRING
   * {@link #FORMATTED}, {@link #BYTES} or 0.
   */
  int code(int token) {
    return tokens.code(token);
  }

  /** The first token that starts at or behind an offset. */
  int firstFrom(int offset) {
    int token = tokens.firstFrom(offset);
    while (token > 0 && start(token - 1) >= offset) {
      token--;
    }
    return token;
  }

  boolean isName(int token, int word) {
    return kind(token) == NAME && code(token) == word;
  }

  boolean isOp(int token, int code) {
    return kind(token) == OP && code(token) == code;
  }

  /** Whether a token's bytes are exactly this text. */
  boolean is(int token, String text) {
    int start = start(token);
    if (end(token) - start < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return text(token).equals(text);
      }
      if (source[start + i] != c) {
        return false;
      }
    }
    return end(token) - start == text.length();
  }

  /** A token as written. */
  String text(int token) {
    return slice(start(token), end(token));
  }

  /** A NAME as Python knows it: normalised (NFKC) as the language demands. */
  String name(int token) {
    return normalised(text(token));
  }

  /** The text between two offsets. */
  String slice(int start, int end) {
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }

  /** Comments, {@code #} included, line break not. */
  Spans comments() {
    return comments;
  }

  /** Names inside the fields of formatted strings; their codes are {@link Word}s. */
  Spans fieldNames() {
    return fieldNames;
  }

  /** The physical lines. */
  Lines lines() {
    return lines;
  }

  static String normalised(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC);
      }
    }
    return name;
  }

  /** Pieces of a text, each with a kind and a code, ascending. */
  static final class Spans {
    private byte[] kinds;
    private byte[] codes;
    private int[] starts;
    private int[] ends;
    private int count;

    Spans(int capacity) {
      kinds = new byte[capacity];
      codes = new byte[capacity];
      starts = new int[capacity];
      ends = new int[capacity];
    }

    void add(int kind, int code, int start, int end) {
      if (count == starts.length) {
        grow();
      }
      kinds[count] = (byte) kind;
      codes[count] = (byte) code;
      starts[count] = start;
      ends[count++] = end;
    }

    int count() {
      return count;
    }

    int kind(int index) {
      return kinds[index];
    }

    int code(int index) {
      return codes[index];
    }

    int start(int index) {
      return starts[index];
    }

    int end(int index) {
      return ends[index];
    }

    /** Index of the first span that starts at or behind an offset. */
    int firstFrom(int offset) {
      int found = Arrays.binarySearch(starts, 0, count, offset);
      return found >= 0 ? found : -found - 1;
    }

    private void grow() {
      int capacity = count * 2 + 16;
      kinds = Arrays.copyOf(kinds, capacity);
      codes = Arrays.copyOf(codes, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
  }
}
