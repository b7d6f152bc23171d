package io.telemetryinject.language.python;

import java.nio.charset.StandardCharsets;

/** Tells what a name means, in whatever letters it is spelled. */
final class Names {
  private Names() {}

  /** The {@link Word} for a name, {@link Word#NONE} for most. */
  static int code(byte[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      if (text[i] < 0) {
        return normalisedCode(text, start, end);
      }
      hash = Word.hash(hash, text[i]);
    }
    return Word.of(text, start, end, hash);
  }

  /** Python normalises names (not keywords), so that {@code ｅｖａｌ} is {@code eval}. */
  static int normalisedCode(byte[] text, int start, int end) {
    String name = new String(text, start, end - start, StandardCharsets.UTF_8);
    int code = Word.of(PythonTokens.normalised(name));
    return code <= Word.OTHER_KEYWORD ? Word.NONE : code;
  }
}
