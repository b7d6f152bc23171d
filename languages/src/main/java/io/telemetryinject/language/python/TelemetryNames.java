package io.telemetryinject.language.python;

/** The names that our telemetry brings into a file. */
final class TelemetryNames {
  private TelemetryNames() {}

  static boolean isOurs(PythonTokens tokens, int name) {
    return tokens.is(name, "_tel") || tokens.is(name, "_tel_func") || tokens.is(name, "_tel_exc");
  }

  /** Whether a token is the last of {@code from _telemetry_utils import tel as _tel}. */
  static boolean isImported(PythonTokens tokens, int name) {
    return name >= 5
        && tokens.is(name, "_tel")
        && tokens.isName(name - 1, Word.AS)
        && tokens.is(name - 2, "tel")
        && tokens.isName(name - 3, Word.IMPORT)
        && tokens.is(name - 4, "_telemetry_utils")
        && tokens.isName(name - 5, Word.FROM);
  }
}
