package io.telemetryinject.executor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telemetryinject.metrics.FunctionMeters;
import io.telemetryinject.metrics.Histograms;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.OutcomeBatch;
import java.io.IOException;
import java.time.Duration;

/** Counts executed functions by outcome, and times them and the polls that ran them. */
final class ExecutionMeters {
  private final FunctionMeters functions;
  private final Timer batches;
  private final Timer perFunction;
  private final Counter avoided;

  /** What is measured. */
  interface Execution {
    ExecutionResult run() throws IOException;
  }

  ExecutionMeters(MeterRegistry meters) {
    functions = new FunctionMeters(meters, "executor").expectingOutcomes().expecting("sent-back");
    batches =
        Histograms.BATCH.timer(
            meters,
            "telemetry.inject.execution.batch",
            "Scripts of one poll: running them, and verifying what they answer");
    perFunction =
        Histograms.FUNCTION.timer(
            meters,
            "telemetry.inject.execution.function",
            "A function's share of its poll, on average over the poll");
    avoided =
        Counter.builder("telemetry.inject.cost.avoided")
            .description("What a model's call for each function would have cost")
            .baseUnit("usd")
            .tag("by", "cache")
            .register(meters);
  }

  ExecutionResult measure(Execution execution) throws IOException {
    long started = System.nanoTime();
    ExecutionResult result = execution.run();
    Duration taken = Duration.ofNanos(System.nanoTime() - started);
    int executed = result.sentBack().stream().mapToInt(r -> r.waiting().size()).sum();
    functions.count("sent-back", executed);
    for (OutcomeBatch batch : result.outcomes()) {
      for (FunctionOutcome outcome : batch.outcomes()) {
        functions.count(outcome.outcome());
        executed++;
      }
    }
    if (executed > 0) {
      batches.record(taken);
      Duration share = taken.dividedBy(executed);
      for (int i = 0; i < executed; i++) {
        perFunction.record(share);
      }
    }
    avoided.increment(result.avoidedMicroDollars() / 1e6);
    return result;
  }
}
