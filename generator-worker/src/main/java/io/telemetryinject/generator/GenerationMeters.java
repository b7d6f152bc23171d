package io.telemetryinject.generator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telemetryinject.metrics.FunctionMeters;
import io.telemetryinject.metrics.Histograms;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.FunctionOutcome;
import java.time.Duration;

/** Counts the functions that waited for a script, and what it took to have one. */
final class GenerationMeters {
  private final FunctionMeters functions;
  private final Counter healRounds;
  private final Timer generation;

  GenerationMeters(MeterRegistry meters) {
    functions = new FunctionMeters(meters, "generator").expectingOutcomes().expecting("forwarded");
    healRounds =
        Counter.builder("telemetry.inject.script.heal.rounds")
            .description("Times that a model was shown what its script did wrong")
            .register(meters);
    generation =
        Histograms.PASSAGE.timer(
            meters,
            "telemetry.inject.script.generation",
            "From the first look at a key to its script in the cache, or to giving up");
  }

  RequestResult count(RequestResult result) {
    Effort effort =
        result.fold(
            forwarded -> {
              functions.count("forwarded", forwarded.executions().executions().size());
              return forwarded.executions().effort();
            },
            decided -> {
              for (FunctionOutcome outcome : decided.outcomes().outcomes()) {
                functions.count(outcome.outcome());
              }
              return decided.outcomes().effort();
            });
    healRounds.increment(effort.authoring().healRounds());
    if (effort.generationMillis() > 0) {
      generation.record(Duration.ofMillis(effort.generationMillis()));
    }
    return result;
  }
}
