package io.telemetryinject.generator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.Outcome;
import java.time.Duration;

/** Counts generated scripts and the functions that waited for one. */
final class GenerationMeters {
  private final Counter forwarded;
  private final Counter refused;
  private final Counter direct;
  private final Counter scripts;
  private final Counter adopted;
  private final Counter healRounds;
  private final Timer generation;

  GenerationMeters(MeterRegistry meters) {
    forwarded = functions(meters, "forwarded");
    refused = functions(meters, "failed");
    direct = functions(meters, "applied");
    adopted = meters.counter("telemetry.inject.script.adoptions");
    healRounds = meters.counter("telemetry.inject.script.heal.rounds");
    scripts = meters.counter("telemetry.inject.script.generations");
    generation = meters.timer("telemetry.inject.script.generation");
  }

  private static Counter functions(MeterRegistry meters, String outcome) {
    return meters.counter("telemetry.inject.functions", "stage", "generator", "outcome", outcome);
  }

  RequestResult count(RequestResult result) {
    Effort effort =
        result.fold(
            f -> {
              forwarded.increment(f.executions().executions().size());
              return f.executions().effort();
            },
            r -> {
              for (FunctionOutcome outcome : r.outcomes().outcomes()) {
                boolean applied = outcome.outcome() instanceof Outcome.Applied;
                (applied ? direct : refused).increment();
              }
              return r.outcomes().effort();
            });
    scripts.increment(effort.scriptsGenerated());
    adopted.increment(effort.authoring().scriptsAdopted());
    healRounds.increment(effort.authoring().healRounds());
    if (effort.generationMillis() > 0) {
      generation.record(Duration.ofMillis(effort.generationMillis()));
    }
    return result;
  }
}
