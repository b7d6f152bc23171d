package io.telemetryinject.language.python;

import io.telemetryinject.language.python.PythonTokens.Spans;

/**
 * What a look over a whole text tells of every function in it.
 *
 * @param instrumented whether it imports our telemetry
 * @param reserved whether it uses names of our telemetry in another way
 * @param aliases other names for what sees frames
 */
record FileFacts(boolean instrumented, boolean reserved, FrameAliases aliases) {

  static FileFacts of(PythonTokens tokens) {
    FrameAliases aliases = new FrameAliases(tokens);
    boolean instrumented = false;
    boolean telemetry = false;
    boolean foreign = false;
    for (int i = 0; i < tokens.count(); i++) {
      if (tokens.kind(i) != PythonTokens.NAME) {
        continue;
      }
      int code = tokens.code(i);
      if (code == Word.TELEMETRY) {
        boolean name = i == 0 || !tokens.isOp(i - 1, '.');
        telemetry |= name;
        foreign |= name && !TelemetryNames.isOurs(tokens, i);
        instrumented |= TelemetryNames.isImported(tokens, i);
      } else if (code >= Word.FRAME_BUILTIN || code == Word.NONE && !aliases.isEmpty()) {
        aliases.examine(i, code);
      }
    }
    Spans fields = tokens.fieldNames();
    for (int i = 0; i < fields.count(); i++) {
      telemetry |= fields.code(i) == Word.TELEMETRY;
    }
    return new FileFacts(instrumented, foreign || telemetry && !instrumented, aliases);
  }
}
