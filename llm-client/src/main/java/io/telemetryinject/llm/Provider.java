package io.telemetryinject.llm;

import java.util.Locale;

/** Who serves a model, by the protocol spoken. */
public enum Provider {
  OLLAMA,
  OPENAI,
  ANTHROPIC;

  /** Lower case, as in options, metrics and model names. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
