package io.telemetryinject.language.python;

import io.telemetryinject.language.python.PythonTokens.Spans;
import java.util.regex.Pattern;

/** Finds {@code # telemetry: off}. */
final class OffComments {
  private static final Pattern OFF = Pattern.compile("#\\s*telemetry:\\s*off\\b");

  private OffComments() {}

  /** Whether one stands before the file's first statement. */
  static boolean atTop(PythonTokens tokens) {
    return between(tokens, 0, tokens.start(0));
  }

  /** Whether one stands on the lines of a function's header. */
  static boolean onHeader(PythonTokens tokens, FunctionDraft draft) {
    int end = draft.colon;
    while (tokens.kind(end) != PythonTokens.NEWLINE) {
      end++;
    }
    return between(tokens, tokens.start(draft.header), tokens.start(end) + 1);
  }

  private static boolean between(PythonTokens tokens, int start, int end) {
    Spans comments = tokens.comments();
    for (int i = comments.firstFrom(start); i < comments.count() && comments.start(i) < end; i++) {
      if (OFF.matcher(tokens.slice(comments.start(i), comments.end(i))).find()) {
        return true;
      }
    }
    return false;
  }
}
