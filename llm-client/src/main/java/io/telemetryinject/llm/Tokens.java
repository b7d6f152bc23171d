package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Tokens as a provider counts them.
 *
 * @param input those of the whole prompt, from its cache or not
 * @param cached of the input, read from the provider's prompt cache
 * @param written of the input, written to the provider's prompt cache
 */
record Tokens(long input, long cached, long written, long output) {
  private static final int OVERHEAD = 128;

  /** Never fewer than a provider counts: a token of text is at least one byte. */
  static long worstInput(Prompt prompt) {
    return OVERHEAD + bytes(prompt);
  }

  /** About what tokenizers make of code and English. */
  static long expectedInput(Prompt prompt) {
    return 16 + (bytes(prompt) + 2) / 3;
  }

  private static long bytes(Prompt prompt) {
    return (long) prompt.shared().getBytes(UTF_8).length + prompt.task().getBytes(UTF_8).length;
  }
}
