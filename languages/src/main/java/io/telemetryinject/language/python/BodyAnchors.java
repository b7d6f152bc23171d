package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.TextRange;
import org.jspecify.annotations.Nullable;

/** Finds the places in a function's text where telemetry may go. */
final class BodyAnchors {
  private static final String BLANKS = "    ";
  private static final String TAB = "\t";

  private BodyAnchors() {}

  static FunctionBody of(PythonTokens tokens, FunctionDraft draft) {
    Lines lines = tokens.lines();
    int end = tokens.end(draft.last);
    boolean empty = draft.firstStatement == FunctionDraft.UNKNOWN;
    int first = empty ? end : tokens.start(draft.firstStatement);
    int line = lines.at(first);
    int firstLine = lines.start(line);
    boolean ownLine =
        !empty && !lines.isContinued(line) && Bytes.skipBlanks(tokens.source(), firstLine) == first;

    boolean inline = tokens.kind(draft.colon + 1) != PythonTokens.NEWLINE;
    String headerBlanks = blanksBefore(tokens, draft.header);
    String blanks = blanks(tokens, draft, inline, ownLine, firstLine, headerBlanks);
    String unit = blanks.contains(TAB) ? TAB : BLANKS;
    BodyLines body = BodyLines.of(tokens, ownLine ? line : line + 1, lines.at(end));
    return new FunctionBody(
        tokens.start(draft.bodyStart),
        inline,
        docstring(tokens, draft),
        first,
        ownLine,
        firstLine,
        inline ? blanks + unit : blanks,
        unit,
        end,
        tokens.start(draft.lineEnd),
        draft.fallsThrough,
        draft.returns(),
        body.starts(),
        body.spansStrings(),
        hasRoom(draft, headerBlanks) && body.canMove(blanks, unit, inline));
  }

  /** The blanks that the body's indentation derives from. */
  private static String blanks(
      PythonTokens tokens,
      FunctionDraft draft,
      boolean inline,
      boolean ownLine,
      int firstLine,
      String headerBlanks) {
    if (inline) {
      return headerBlanks;
    }
    return ownLine
        ? tokens.slice(firstLine, tokens.start(draft.firstStatement))
        : blanksBefore(tokens, draft.bodyStart);
  }

  private static @Nullable TextRange docstring(PythonTokens tokens, FunctionDraft draft) {
    return draft.docstringFirst == FunctionDraft.UNKNOWN
        ? null
        : new TextRange(tokens.start(draft.docstringFirst), tokens.end(draft.docstringLast));
  }

  /** The indentation of the logical line that starts with a token, backslashes or not. */
  private static String blanksBefore(PythonTokens tokens, int token) {
    Lines lines = tokens.lines();
    int last = lines.at(tokens.start(token));
    int line = last;
    while (lines.isContinued(line)) {
      line--;
    }
    String blanks = "";
    while (blanks.isEmpty() && line <= last) {
      int start = lines.start(line++);
      blanks = tokens.slice(start, Bytes.skipBlanks(tokens.source(), start));
    }
    return blanks;
  }

  /**
   * Whether CPython's limits leave room for one {@code try} more. A function's text does not tell
   * how many levels are around it: at most as many as it has columns, and one more for each
   * function around that gets a {@code try}, too.
   */
  private static boolean hasRoom(FunctionDraft draft, String headerBlanks) {
    int functionsAround = 0;
    for (int i = draft.qualifiedName.indexOf("<locals>");
        i >= 0;
        i = draft.qualifiedName.indexOf("<locals>", i + 1)) {
      functionsAround++;
    }
    return draft.staticBlocks < StaticBlocks.MAX
        && headerBlanks.length() + functionsAround + draft.levels < Indentation.MAX_LEVELS;
  }
}
