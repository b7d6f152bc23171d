package io.telemetryinject.llm;

import java.util.Locale;

/** What a prompt is for; a metric label. */
public enum Purpose {
  TESTS,
  SCRIPT,
  HEAL,
  DIRECT;

  /** Lower case, as in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
