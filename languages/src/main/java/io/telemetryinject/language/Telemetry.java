package io.telemetryinject.language;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ExceptionPolicy;

/**
 * Which telemetry one function may carry.
 *
 * @param exceptions whether its exceptions are reported
 * @param attributes whether values of its parameters may be recorded
 */
public record Telemetry(ExceptionPolicy exceptions, boolean attributes) {
  public Telemetry {
    requireNonNull(exceptions, "exceptions is null");
  }

  /** Entry, exit and error only. */
  public static Telemetry of(ExceptionPolicy exceptions) {
    return new Telemetry(exceptions, false);
  }
}
