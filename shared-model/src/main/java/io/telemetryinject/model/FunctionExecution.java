package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One function and the script to run on it.
 *
 * @param version of the script under its key, from 1
 * @param attempt 0 at first; 1 after a rejection sent the function back to the generator, whose
 *     second verdict stands
 * @param cached whether the look-up found the script, so that none had to be generated
 */
public record FunctionExecution(
    FunctionMetadata metadata, ScriptKey script, int version, int attempt, boolean cached) {
  public FunctionExecution {
    requireNonNull(metadata, "metadata is missing");
    requireNonNull(script, "script is missing");
    checkArgument(version >= 1, "version is not positive: %s", version);
    checkArgument(attempt >= 0, "attempt is negative: %s", attempt);
  }
}
