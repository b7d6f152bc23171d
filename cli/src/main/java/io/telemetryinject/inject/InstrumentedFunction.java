package io.telemetryinject.inject;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.Outcome;

/**
 * What became of a {@link SourceFunction}.
 *
 * @param code the function's text with its telemetry; as it was unless the outcome is Applied. The
 *     import of the telemetry runtime is the file's business and not part of it.
 * @param cached whether a script from the cache served it
 */
public record InstrumentedFunction(
    SourceFunction source, String code, Outcome outcome, boolean cached) {
  public InstrumentedFunction {
    requireNonNull(source, "source is null");
    requireNonNull(code, "code is null");
    requireNonNull(outcome, "outcome is null");
  }
}
