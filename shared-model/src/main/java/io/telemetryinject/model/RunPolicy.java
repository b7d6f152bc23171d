package io.telemetryinject.model;

import static java.util.Objects.requireNonNull;

/**
 * What a run's user chose, as far as the workers need to know.
 *
 * @param exceptions whether exceptions are reported
 * @param keyKind what scripts are looked up by
 * @param forceRegenerate whether cached scripts from before this run are passed over
 */
public record RunPolicy(ExceptionPolicy exceptions, KeyKind keyKind, boolean forceRegenerate) {
  public RunPolicy {
    requireNonNull(exceptions, "exceptions is missing");
    requireNonNull(keyKind, "keyKind is missing");
  }
}
