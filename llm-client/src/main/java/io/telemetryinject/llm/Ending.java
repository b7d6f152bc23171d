package io.telemetryinject.llm;

import java.util.Locale;

/** How asking a model ended. */
public enum Ending {
  /** The model finished its answer. */
  COMPLETE,
  /** The answer stopped at the prompt's limit of tokens; the text is what there was. */
  TRUNCATED,
  /** The model declined. */
  REFUSED,
  /** The provider's content filter held the answer or the prompt back. */
  FILTERED,
  /** The model finished and said nothing. */
  EMPTY,
  /** No answer was to be had after all attempts, or the circuit breaker is open: later, maybe. */
  UNAVAILABLE,
  /** The provider does not serve this request, now or later: the detail says what to change. */
  DENIED,
  /** The budget of the run or the day does not cover the call; nothing was sent. */
  OVER_BUDGET;

  /** Lower case, as in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
