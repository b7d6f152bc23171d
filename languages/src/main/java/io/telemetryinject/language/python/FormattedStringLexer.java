package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Bytes.at;
import static io.telemetryinject.language.python.Bytes.isNamePart;
import static io.telemetryinject.language.python.Bytes.isQuote;
import static io.telemetryinject.language.python.Bytes.lineBreak;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;
import java.util.Arrays;

/**
 * Finds where f-strings end, by the rules of Python 3.12, under which fields may hold the string's
 * own quotes. What 3.11 accepts, they read alike. Keeps its own stack: nesting costs no recursion.
 */
final class FormattedStringLexer {
  /** Far above CPython's own limits: 150 strings, 200 brackets. */
  private static final int MAX_DEPTH = 500;

  /** Frames below 0x80 are brackets, named by the byte that closes them. */
  private static final int FIELD = 0x80;

  private static final int FORMAT = 0x81;
  private static final int LITERAL = 0x100;
  private static final int TRIPLE = 0x200;
  private static final int RAW = 0x400;

  private final byte[] text;
  private final PythonTokens.Spans names;
  private final StringLexer strings;
  private int[] frames = new int[16];

  /** Where each frame's string has its quote and flags: index of the innermost LITERAL. */
  private int[] literals = new int[16];

  private int depth;
  private int at;

  FormattedStringLexer(byte[] text, PythonTokens.Spans names, StringLexer strings) {
    this.text = text;
    this.names = names;
    this.strings = strings;
  }

  int end(int start, int quote) throws SourceRejectedException {
    depth = 0;
    openLiteral(start, quote);
    while (depth > 0) {
      if (at >= text.length) {
        throw StringLexer.unterminated(quote);
      }
      int frame = frames[depth - 1];
      if (frame >= LITERAL || frame == FORMAT) {
        literal(quote);
      } else {
        expression(quote);
      }
    }
    return at;
  }

  private void openLiteral(int start, int quote) throws SourceRejectedException {
    boolean triple = StringLexer.isTriple(text, quote);
    int flags = (triple ? TRIPLE : 0) | (StringLexer.isRaw(text, start, quote) ? RAW : 0);
    push(LITERAL | flags | text[quote]);
    at = quote + (triple ? 3 : 1);
  }

  /** One step through literal text, or through a format specification. */
  private void literal(int opening) throws SourceRejectedException {
    boolean format = frames[depth - 1] == FORMAT;
    int literal = frames[literals[depth - 1]];
    byte b = text[at];
    if (b == (literal & 0x7f) && ends(literal)) {
      if (format) {
        throw StringLexer.unterminated(opening);
      }
      depth--;
      at += (literal & TRIPLE) != 0 ? 3 : 1;
    } else if (b == '{') {
      if (!format && at(text, at + 1) == '{') {
        at += 2;
      } else {
        push(FIELD);
        at++;
      }
    } else if (b == '}') {
      depth -= format ? 2 : 0;
      at++;
    } else if (b == '\\') {
      escape((literal & RAW) != 0);
    } else if (b == '\n' || b == '\r') {
      if ((literal & TRIPLE) == 0) {
        throw StringLexer.unterminated(opening);
      }
      at = strings.nextLine(at);
    } else {
      at++;
    }
  }

  private boolean ends(int literal) {
    return (literal & TRIPLE) == 0 || StringLexer.isTriple(text, at);
  }

  /** A backslash does not hide a brace, except in {@code \N{...}}. */
  private void escape(boolean raw) {
    at++;
    byte b = at(text, at);
    if (b == '{' || b == '}') {
      return;
    }
    if (b == '\n' || b == '\r') {
      at = strings.nextLine(at);
      return;
    }
    at++;
    if (!raw && b == 'N' && at(text, at) == '{') {
      while (at < text.length && text[at] != '}' && lineBreak(text, at) == 0) {
        at++;
      }
      at += at(text, at) == '}' ? 1 : 0;
    }
  }

  /** One step through a field's expression. */
  private void expression(int opening) throws SourceRejectedException {
    byte b = text[at];
    if (isNamePart(b)) {
      name();
    } else if (isQuote(b)) {
      at = strings.plainEnd(at);
    } else if (b == '(' || b == '[' || b == '{') {
      push(b == '(' ? ')' : b == '[' ? ']' : '}');
      at++;
    } else if (b == ')' || b == ']' || b == '}') {
      int frame = frames[depth - 1];
      if (frame != b && !(frame == FIELD && b == '}')) {
        throw StringLexer.unterminated(opening);
      }
      depth--;
      at++;
    } else if (b == ':' && frames[depth - 1] == FIELD) {
      push(FORMAT);
      at++;
    } else if (b == '\n' || b == '\r') {
      at = strings.nextLine(at);
    } else if (b == '#') {
      at = Bytes.endOfLine(text, at);
    } else {
      at++;
    }
  }

  private void name() throws SourceRejectedException {
    int start = at;
    while (at < text.length && isNamePart(text[at])) {
      at++;
    }
    if (isQuote(at(text, at))) {
      int prefix = StringLexer.prefix(text, start, at);
      if (prefix == PythonTokens.FORMATTED) {
        openLiteral(start, at);
        return;
      }
      if (prefix >= 0) {
        at = strings.plainEnd(at);
        return;
      }
    }
    names.add(PythonTokens.NAME, Names.code(text, start, at), start, at);
  }

  private void push(int frame) throws SourceRejectedException {
    if (depth == MAX_DEPTH) {
      throw new SourceRejectedException(
          RejectReason.NESTING, "a formatted string nested too deeply at byte " + at);
    }
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
      literals = Arrays.copyOf(literals, depth * 2);
    }
    literals[depth] = frame >= LITERAL ? depth : literals[depth - 1];
    frames[depth++] = frame;
  }
}
