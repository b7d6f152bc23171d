package io.telemetryinject.language.python;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.python.PythonTokens.Spans;
import java.nio.charset.StandardCharsets;

/**
 * Writes a function as a language model may see it: its structure line by line, without a word that
 * its author addressed to a reader.
 *
 * <p>Comments are gone, strings hold dots, long and foreign names stand as digests, and names in
 * places where Python allows none as {@code _}. So the result has the original's shape, returns and
 * line numbers, and is pure ASCII. What is left to an author are names of a few words, as code.
 */
final class Skeleton {
  private static final String DOTS = "...";
  private static final int MAX_NUMBER = 40;

  private final PythonTokens tokens;
  private final byte[] source;
  private final StringBuilder out;
  private int keys; // strings of a case line so far, which must differ in a mapping pattern
  private boolean inCase;
  private boolean startsLine = true;

  private Skeleton(PythonTokens tokens) {
    this.tokens = tokens;
    this.source = tokens.source();
    this.out = new StringBuilder(source.length);
  }

  /**
   * A function as it may be shown.
   *
   * @param code its text in UTF-8
   * @param limit in bytes, see {@link SkeletonCut}
   */
  static String of(byte[] code, int limit) throws SourceRejectedException {
    return SkeletonCut.fit(new Skeleton(PythonLexer.lex(code)).write(), limit);
  }

  private String write() {
    int at = 0;
    for (int i = 0; i < tokens.count(); i++) {
      gap(at, tokens.start(i));
      at = Math.max(at, tokens.end(i));
      switch (tokens.kind(i)) {
        case PythonTokens.NAME -> name(i);
        case PythonTokens.NUMBER -> number(i);
        case PythonTokens.STRING -> string(i);
        case PythonTokens.OP -> operator(i);
        default -> {
          gap(tokens.start(i), tokens.end(i));
          startsLine = true;
          continue;
        }
      }
      startsLine = false;
    }
    return out.toString();
  }

  /** Blanks, line breaks and backslashes stay, comments and blanks in front of them do not. */
  private void gap(int start, int end) {
    for (int i = start; i < end; ) {
      int lineBreak = Bytes.lineBreak(source, i);
      if (lineBreak > 0) {
        dropBlanks();
        out.append('\n');
        i += lineBreak;
      } else if (source[i] == '#') {
        i = Bytes.endOfLine(source, i);
        dropBlanks();
      } else {
        out.append((char) source[i++]);
      }
    }
  }

  private void dropBlanks() {
    int length = out.length();
    while (length > 0 && Bytes.isBlank(out.charAt(length - 1))) {
      length--;
    }
    out.setLength(length);
  }

  private void name(int i) {
    int code = tokens.code(i);
    if (startsLine) {
      inCase = code == Word.CASE;
      keys = 0;
    }
    if (Word.isKeyword(code)) {
      out.append(tokens.text(i));
    } else if (isOutOfPlace(i)) {
      out.append('_');
    } else {
      String name = tokens.name(i);
      // A keyword in letters other than ASCII is a name, and must stay one.
      out.append(NeutralNames.of(Word.isKeyword(Word.of(name)) ? tokens.text(i) : name));
    }
  }

  /** Whether no Python has a name here: next to another operand, as in prose. */
  private boolean isOutOfPlace(int i) {
    return isOperandEnd(i - 1) && !isSoftKeyword(i - 1)
        || isPlainName(i + 1) && !isSoftKeyword(i)
        || tokens.kind(i + 1) == PythonTokens.NUMBER && !isSoftKeyword(i)
        || tokens.kind(i + 1) == PythonTokens.STRING && !isSoftKeyword(i);
  }

  private boolean isOperandEnd(int i) {
    if (i < 0) {
      return false;
    }
    return switch (tokens.kind(i)) {
      case PythonTokens.NAME -> isPlainName(i);
      case PythonTokens.NUMBER, PythonTokens.STRING -> true;
      case PythonTokens.OP -> tokens.isOp(i, ')') || tokens.isOp(i, ']') || tokens.isOp(i, '}');
      default -> false;
    };
  }

  private boolean isPlainName(int i) {
    return tokens.kind(i) == PythonTokens.NAME && !Word.isKeyword(tokens.code(i));
  }

  private boolean isSoftKeyword(int i) {
    boolean soft =
        tokens.isName(i, Word.MATCH) || tokens.isName(i, Word.CASE) || tokens.is(i, "type");
    return soft && (i == 0 || tokens.kind(i - 1) >= PythonTokens.NEWLINE);
  }

  private void number(int i) {
    String number = tokens.text(i);
    if (number.length() <= MAX_NUMBER) {
      out.append(number);
    } else {
      out.append(Constants.isTrue(tokens, i, i + 1) ? '1' : '0');
    }
  }

  /** A blank behind {@code <} keeps tags from forming. */
  private void operator(int i) {
    String operator = tokens.text(i);
    out.append(operator);
    if (operator.endsWith("<") && tokens.start(i + 1) == tokens.end(i)) {
      out.append(' ');
    }
  }

  /** Prefix, quotes and lines of a string; of a formatted one also that it yields. */
  private void string(int i) {
    int quote = tokens.start(i);
    while (!Bytes.isQuote(source[quote])) {
      quote++;
    }
    boolean triple = StringLexer.isTriple(source, quote);
    int start = quote + (triple ? 3 : 1);
    int end = tokens.end(i) - (triple ? 3 : 1);
    out.append(tokens.slice(tokens.start(i), start));
    if (start < end) {
      out.append(DOTS).append(inCase ? String.valueOf(++keys) : "");
      out.append(tokens.code(i) == PythonTokens.FORMATTED && yields(i) ? "{(yield)}" : "");
    }
    for (int at = start; at < end; at += Math.max(1, Bytes.lineBreak(source, at))) {
      if (Bytes.lineBreak(source, at) > 0) {
        out.append(triple ? "\n" : "\\\n");
      }
    }
    out.append(new String(source, end, tokens.end(i) - end, StandardCharsets.US_ASCII));
  }

  /** Whether a field yields as far as the scanner sees: not behind a lambda. */
  private boolean yields(int i) {
    Spans names = tokens.fieldNames();
    for (int n = names.firstFrom(tokens.start(i));
        n < names.count() && names.start(n) < tokens.end(i);
        n++) {
      if (names.code(n) == Word.YIELD || names.code(n) == Word.LAMBDA) {
        return names.code(n) == Word.YIELD;
      }
    }
    return false;
  }
}
