package io.telemetryinject.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.SkipReason;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what became of functions at one stage of the pipeline. */
public final class FunctionMeters {
  private static final String NO_REASON = "none";

  private final MeterRegistry registry;
  private final String stage;
  private final Map<Label, Counter> counters = new ConcurrentHashMap<>();

  private record Label(String outcome, String reason) {
    static Label of(String outcome) {
      return new Label(outcome, NO_REASON);
    }

    static Label of(String outcome, Enum<?> reason) {
      return new Label(outcome, reason.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * @param stage analyzer, generator, executor or coordinator
   */
  public FunctionMeters(MeterRegistry registry, String stage) {
    this.registry = registry;
    this.stage = stage;
  }

  /** Starts counting these at 0. */
  public FunctionMeters expecting(String... outcomes) {
    for (String outcome : outcomes) {
      count(outcome, 0);
    }
    return this;
  }

  /** Starts counting every outcome, with every reason, at 0. */
  public FunctionMeters expectingOutcomes() {
    expecting("applied", "unchanged");
    for (SkipReason reason : SkipReason.values()) {
      counter(Label.of("skipped", reason));
    }
    for (RejectReason reason : RejectReason.values()) {
      counter(Label.of("rejected", reason));
    }
    for (ErrorCode code : ErrorCode.values()) {
      counter(Label.of("failed", code));
    }
    return this;
  }

  /** Counts functions that are not at their end yet. */
  public void count(String outcome, int functions) {
    counter(Label.of(outcome)).increment(functions);
  }

  public void count(Outcome outcome) {
    counter(label(outcome)).increment();
  }

  private static Label label(Outcome outcome) {
    return outcome.fold(
        new Outcome.Fold<>(
            applied -> Label.of("applied"),
            unchanged -> Label.of("unchanged"),
            skipped -> Label.of("skipped", skipped.reason()),
            rejected -> Label.of("rejected", rejected.reason()),
            failed -> Label.of("failed", failed.code())));
  }

  private Counter counter(Label label) {
    return counters.computeIfAbsent(
        label,
        l ->
            Counter.builder("telemetry.inject.functions")
                .description("Functions that left a stage, by what became of them")
                .tags("stage", stage, "outcome", l.outcome(), "reason", l.reason())
                .register(registry));
  }
}
