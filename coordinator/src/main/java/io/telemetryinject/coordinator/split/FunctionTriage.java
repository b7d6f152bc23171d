package io.telemetryinject.coordinator.split;

import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.model.Limits;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.SkipReason;
import java.util.Optional;

/**
 * Outcomes that a function's own text and the policy decide: no task is made of it, no script can
 * change it.
 */
public final class FunctionTriage {
  private FunctionTriage() {}

  /**
   * The outcome of a function that needs no script, or empty for one that does.
   *
   * @param utf8 the text that was scanned
   */
  public static Optional<Outcome> settled(
      SourceScan scan, ScannedFunction function, byte[] utf8, Selection selection) {
    if (function.skip() != null) {
      return Optional.of(new Outcome.Skipped(function.skip()));
    }
    if (function.instrumentation() == Instrumentation.COMPLETE) {
      return Optional.of(new Outcome.Unchanged());
    }
    if (!selection.takes(function, utf8)) {
      return Optional.of(new Outcome.Skipped(SkipReason.POLICY));
    }
    if (function.instrumentation() == Instrumentation.PARTIAL || scan.instrumented()) {
      return Optional.of(
          new Outcome.Rejected(
              RejectReason.PARTIAL, "instrumented in part, and no manifest tells how"));
    }
    if (function.end() - function.start() > Limits.FUNCTION_BYTES) {
      return Optional.of(
          new Outcome.Rejected(
              RejectReason.SIZE,
              "a function of "
                  + (function.end() - function.start())
                  + " bytes; the limit is "
                  + Limits.FUNCTION_BYTES));
    }
    return Optional.empty();
  }
}
