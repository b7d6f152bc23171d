package io.telemetryinject.language.python;

import static io.telemetryinject.language.Instrumentation.COMPLETE;
import static io.telemetryinject.language.Instrumentation.NONE;
import static io.telemetryinject.language.Instrumentation.PARTIAL;

import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.model.Parameter;
import java.util.stream.Collectors;

/** Judges by a function's own tokens whether it carries all of our telemetry, some, or none. */
final class InstrumentationDetector {
  /** Stands for a line's end, or for the indentation behind it. */
  private static final String BREAK = "";

  /** Stands for a string that is looked at by itself. */
  private static final String ANY = "?";

  /** Stands for a name that is looked at by itself. */
  private static final String NAME = "a";

  private static final String[] ENTRY = {
    "_tel_func", "=", "_tel", ".", "func_entry", "(", ANY, ",", ANY, ")", BREAK
  };
  private static final int ENTRY_NAME = 6;
  private static final int ENTRY_PARAMETERS = 8;
  private static final String[] ATTRIBUTE = {
    "_tel", ".", "attr", "(", "_tel_func", ",", ANY, ",", NAME, ")", BREAK
  };
  private static final int ATTRIBUTE_NAME = 6;
  private static final int ATTRIBUTE_PARAMETER = 8;
  private static final String[] EXIT = {
    "_tel", ".", "func_exit", "(", "_tel_func", ",", "None", ")"
  };
  private static final String[] VALUE = {"_tel", ".", "func_exit", "(", "_tel_func", ",", "("};
  private static final String[] HANDLER = {
    "except",
    "BaseException",
    "as",
    "_tel_exc",
    ":",
    BREAK,
    BREAK,
    "_tel",
    ".",
    "func_error",
    "(",
    "_tel_func",
    ",",
    "_tel_exc",
    ")",
    BREAK,
    "raise"
  };

  private final PythonTokens tokens;
  private final FunctionDraft draft;

  private InstrumentationDetector(PythonTokens tokens, FunctionDraft draft) {
    this.tokens = tokens;
    this.draft = draft;
  }

  static Instrumentation judge(PythonTokens tokens, FunctionDraft draft) {
    if (!draft.telemetry) {
      return NONE;
    }
    InstrumentationDetector detector = new InstrumentationDetector(tokens, draft);
    return detector.isComplete() ? COMPLETE : PARTIAL;
  }

  private boolean isComplete() {
    int first = draft.firstStatement;
    if (first == FunctionDraft.UNKNOWN || !isEntry(first)) {
      return false;
    }
    int behind = behindAttributes(first + ENTRY.length);
    return draft.returns().stream().allMatch(this::isCovered) && endIsCovered(behind);
  }

  private int behindAttributes(int from) {
    int token = from;
    while (isAttribute(token)) {
      token += ATTRIBUTE.length;
    }
    return token;
  }

  private boolean isAttribute(int token) {
    if (!matches(token, ATTRIBUTE)) {
      return false;
    }
    String literal = tokens.text(token + ATTRIBUTE_NAME);
    return literal.startsWith("'")
        && AttributeLines.judge(
                literal.substring(1, literal.length() - 1),
                tokens.text(token + ATTRIBUTE_PARAMETER),
                draft.parameters)
            .isAccepted();
  }

  private boolean isEntry(int first) {
    String parameters =
        draft.parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    return matches(first, ENTRY)
        && tokens.text(first + ENTRY_NAME).equals("'" + draft.qualifiedName + "'")
        && tokens.text(first + ENTRY_PARAMETERS).equals("'" + parameters + "'");
  }

  private boolean isCovered(ReturnStatement statement) {
    int keyword = tokens.firstFrom(statement.keyword());
    while (tokens.kind(keyword) == PythonTokens.DEDENT) {
      keyword++;
    }
    if (statement.bare()) {
      return tokens.isOp(keyword - 1, ';') && matches(keyword - 1 - EXIT.length, EXIT);
    }
    int end = tokens.firstFrom(statement.end());
    return matches(keyword + 1, VALUE) && closesAt(keyword + VALUE.length, end - 2);
  }

  /** Whether the bracket at {@code open} is closed by the token {@code close}, not before. */
  private boolean closesAt(int open, int close) {
    int depth = 0;
    for (int i = open; i <= close; i++) {
      if (tokens.kind(i) == PythonTokens.OP) {
        switch (tokens.code(i)) {
          case '(', '[', '{' -> depth++;
          case ')', ']', '}' -> depth--;
          default -> {}
        }
      }
      if (depth == 0) {
        return i == close && tokens.isOp(i + 1, ')');
      }
    }
    return false;
  }

  /** With a handler, the end that counts is that of the {@code try}; else that of the body. */
  private boolean endIsCovered(int behindHead) {
    int handler = draft.last - HANDLER.length + 1;
    if (!matches(handler, HANDLER)) {
      return !draft.fallsThrough || isExitBefore(draft.last + 1);
    }
    boolean opened = tokens.isName(behindHead, Word.TRY);
    int dedents = 0;
    while (tokens.kind(handler - 1 - dedents) == PythonTokens.DEDENT) {
      dedents++;
    }
    boolean exit = dedents == 1 && isExitBefore(handler - dedents - 1);
    return opened && (exit || !draft.tryFallsThrough);
  }

  private boolean isExitBefore(int token) {
    int exit = token - EXIT.length;
    int kind = tokens.kind(exit - 1);
    boolean ownLine = kind == PythonTokens.NEWLINE || kind == PythonTokens.DEDENT;
    return ownLine && matches(exit, EXIT);
  }

  /** Whether these tokens stand here. */
  private boolean matches(int token, String... texts) {
    if (token < 0 || token + texts.length > tokens.count()) {
      return false;
    }
    for (int i = 0; i < texts.length; i++) {
      int kind = tokens.kind(token + i);
      boolean same =
          switch (texts[i]) {
            case BREAK -> kind == PythonTokens.NEWLINE || kind == PythonTokens.INDENT;
            case ANY -> kind == PythonTokens.STRING;
            case NAME -> kind == PythonTokens.NAME;
            default -> tokens.is(token + i, texts[i]);
          };
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
