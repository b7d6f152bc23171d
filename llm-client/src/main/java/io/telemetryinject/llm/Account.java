package io.telemetryinject.llm;

import io.telemetryinject.model.RunId;

/**
 * Who pays: a run with its limit.
 *
 * @param maxMicroDollars what the run may spend in millionths of a US dollar; {@link
 *     Long#MAX_VALUE} for no limit
 */
public record Account(RunId run, long maxMicroDollars) {
  public Account {
    if (maxMicroDollars < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + maxMicroDollars);
    }
  }

  public static Account unlimited(RunId run) {
    return new Account(run, Long.MAX_VALUE);
  }

  public boolean limited() {
    return maxMicroDollars != Long.MAX_VALUE;
  }
}
