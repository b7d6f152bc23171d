package io.telemetryinject.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import java.io.IOException;

/** Counts executed functions by outcome and times the polls that ran them. */
final class ExecutionMeters {
  private final MeterRegistry meters;
  private final Timer executions;

  /** What is measured. */
  interface Execution {
    ExecutionResult run() throws IOException;
  }

  ExecutionMeters(MeterRegistry meters) {
    this.meters = meters;
    this.executions = meters.timer("telemetry.inject.executions");
  }

  ExecutionResult measure(Execution execution) throws IOException {
    Timer.Sample sample = Timer.start(meters);
    ExecutionResult result = execution.run();
    sample.stop(executions);
    for (OutcomeBatch batch : result.outcomes()) {
      for (FunctionOutcome outcome : batch.outcomes()) {
        count(nameOf(outcome.outcome()), 1);
      }
    }
    count("sent-back", result.sentBack().stream().mapToInt(r -> r.waiting().size()).sum());
    return result;
  }

  private void count(String outcome, int functions) {
    meters
        .counter("telemetry.inject.functions", "stage", "executor", "outcome", outcome)
        .increment(functions);
  }

  private static String nameOf(Outcome outcome) {
    return outcome.fold(
        new Outcome.Fold<>(
            applied -> "applied",
            unchanged -> "unchanged",
            skipped -> "skipped",
            rejected -> "rejected",
            failed -> "failed"));
  }
}
