package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Bytes.at;
import static io.telemetryinject.language.python.Bytes.isDigit;
import static io.telemetryinject.language.python.Bytes.isNamePart;
import static io.telemetryinject.language.python.Bytes.isNameStart;
import static io.telemetryinject.language.python.Bytes.isQuote;
import static io.telemetryinject.language.python.Bytes.lineBreak;
import static io.telemetryinject.language.python.Bytes.skipBlanks;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;

/** Takes Python source apart in one pass, as CPython's tokenizer does, without recursion. */
final class PythonLexer {
  /** CPython's MAXLEVEL. */
  private static final int MAX_BRACKETS = 200;

  private final byte[] text;
  private final PythonTokens.Spans tokens;
  private final PythonTokens.Spans comments;
  private final PythonTokens.Spans fieldNames = new PythonTokens.Spans(16);
  private final Lines lines;
  private final StringLexer strings;
  private final Indentation indentation = new Indentation();
  private final byte[] closers = new byte[MAX_BRACKETS];
  private int brackets;
  private int at;

  private PythonLexer(byte[] text) {
    this.text = text;
    this.tokens = new PythonTokens.Spans(text.length / 4 + 16);
    this.comments = new PythonTokens.Spans(text.length / 256 + 16);
    this.lines = new Lines(text.length / 32 + 16);
    this.strings = new StringLexer(text, lines, fieldNames);
  }

  /**
   * Takes a text apart. It may end behind a backslash and its line break, which CPython refuses:
   * the text of a function does whose last line is empty but continued.
   *
   * @throws SourceRejectedException PARSE where CPython's tokenizer gives up, too; NESTING beyond
   *     its limits
   */
  static PythonTokens lex(byte[] utf8) throws SourceRejectedException {
    return new PythonLexer(utf8).run();
  }

  private PythonTokens run() throws SourceRejectedException {
    while (startOfLine()) {
      logicalLine();
    }
    dedent(-indentation.levels());
    tokens.add(PythonTokens.END, 0, text.length, text.length);
    return new PythonTokens(text, tokens, comments, fieldNames, lines);
  }

  /** Passes blank and comment lines; says whether a logical line follows. */
  private boolean startOfLine() throws SourceRejectedException {
    while (at < text.length) {
      int lineStart = at;
      at = skipBlanks(text, at);
      int column = Indentation.column(text, lineStart, at, 0);
      int narrow = Indentation.narrowColumn(text, lineStart, at, 0);
      if (at(text, at) == '\\') {
        int split = splitIndentation(column, narrow);
        column = split;
        narrow = split;
      }
      comment();
      if (at < text.length && lineBreak(text, at) == 0) {
        int change = indentation.next(column, narrow, at);
        if (change > 0) {
          tokens.add(PythonTokens.INDENT, 0, lineStart, at);
        }
        dedent(change);
        lines.beginsLogicalLine();
        return true;
      }
      nextLine(0);
    }
    return false;
  }

  /** A backslash among the blanks: the first column that is not 0 counts, as in CPython. */
  private int splitIndentation(int column, int narrow) throws SourceRejectedException {
    int decisive = 0;
    int last = column;
    while (at(text, at) == '\\') {
      decisive = decisive == 0 ? last : decisive;
      continuation();
      int start = at;
      at = skipBlanks(text, at);
      last = Indentation.column(text, start, at, last);
    }
    return decisive == 0 ? last : decisive;
  }

  private void dedent(int change) {
    for (int i = change; i < 0; i++) {
      tokens.add(PythonTokens.DEDENT, 0, at, at);
    }
  }

  private void logicalLine() throws SourceRejectedException {
    while (true) {
      at = skipBlanks(text, at);
      comment();
      if (at >= text.length) {
        if (brackets > 0) {
          throw rejected("a bracket is never closed, end");
        }
        tokens.add(PythonTokens.NEWLINE, 0, at, at);
        return;
      }
      int lineBreak = lineBreak(text, at);
      if (lineBreak == 0) {
        token(text[at]);
        continue;
      }
      if (brackets == 0) {
        tokens.add(PythonTokens.NEWLINE, 0, at, at + lineBreak);
        nextLine(0);
        return;
      }
      nextLine(0);
    }
  }

  private void token(byte first) throws SourceRejectedException {
    if (isNameStart(first)) {
      name();
    } else if (isDigit(first) || first == '.' && isDigit(at(text, at + 1))) {
      int end = NumberLexer.end(text, at);
      tokens.add(PythonTokens.NUMBER, 0, at, end);
      at = end;
    } else if (isQuote(first)) {
      int end = strings.plainEnd(at);
      tokens.add(PythonTokens.STRING, 0, at, end);
      at = end;
    } else if (first == '\\') {
      continuation();
    } else {
      operator(first);
    }
  }

  private void name() throws SourceRejectedException {
    int start = at;
    int end = at;
    int hash = 0;
    boolean ascii = true;
    while (end < text.length && isNamePart(text[end])) {
      ascii &= text[end] >= 0;
      hash = Word.hash(hash, text[end++]);
    }
    if (end - start <= 2 && isQuote(at(text, end))) {
      int prefix = StringLexer.prefix(text, start, end);
      if (prefix >= 0) {
        int stringEnd = strings.end(start, end, prefix);
        tokens.add(PythonTokens.STRING, prefix, start, stringEnd);
        at = stringEnd;
        return;
      }
    }
    int code = ascii ? Word.of(text, start, end, hash) : Names.normalisedCode(text, start, end);
    tokens.add(PythonTokens.NAME, code, start, end);
    at = end;
  }

  private void operator(byte first) throws SourceRejectedException {
    switch (first) {
      case '(' -> open(')');
      case '[' -> open(']');
      case '{' -> open('}');
      case ')', ']', '}' -> {
        if (brackets == 0 || closers[--brackets] != first) {
          throw rejected("a bracket closes that does not match");
        }
      }
      default -> {}
    }
    int length = Operators.length(text, at);
    if (length == 0) {
      throw rejected("a character that Python does not know");
    }
    tokens.add(PythonTokens.OP, Operators.code(text, at, length), at, at + length);
    at += length;
  }

  private void open(char closer) throws SourceRejectedException {
    if (brackets == MAX_BRACKETS) {
      throw new SourceRejectedException(
          RejectReason.NESTING, "more than 200 nested brackets at byte " + at);
    }
    closers[brackets++] = (byte) closer;
  }

  private void comment() {
    if (at(text, at) == '#') {
      int end = Bytes.endOfLine(text, at);
      comments.add(0, 0, at, end);
      at = end;
    }
  }

  private void continuation() throws SourceRejectedException {
    at++;
    if (lineBreak(text, at) == 0) {
      throw rejected("something follows a backslash");
    }
    nextLine(Lines.CONTINUED);
  }

  private void nextLine(int how) {
    int lineBreak = lineBreak(text, at);
    if (lineBreak > 0) {
      at += lineBreak;
      lines.add(at, how);
    }
  }

  private SourceRejectedException rejected(String what) {
    return new SourceRejectedException(RejectReason.PARSE, what + " at byte " + at);
  }
}
