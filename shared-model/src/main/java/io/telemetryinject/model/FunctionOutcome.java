package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A function's outcome.
 *
 * @param start of the function, as in its {@link FunctionTask}: its identity within the file
 * @param cached whether a script from the cache served it
 */
public record FunctionOutcome(int start, Outcome outcome, boolean cached) {
  public FunctionOutcome {
    checkArgument(start >= 0, "start is negative: %s", start);
    requireNonNull(outcome, "outcome is missing");
  }
}
