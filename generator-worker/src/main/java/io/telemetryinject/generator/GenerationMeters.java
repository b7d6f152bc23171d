package io.telemetryinject.generator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telemetryinject.model.Effort;
import java.time.Duration;

/** Counts generated scripts and the functions that waited for one. */
final class GenerationMeters {
  private final Counter forwarded;
  private final Counter refused;
  private final Counter scripts;
  private final Timer generation;

  GenerationMeters(MeterRegistry meters) {
    forwarded = functions(meters, "forwarded");
    refused = functions(meters, "failed");
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
              refused.increment(r.outcomes().outcomes().size());
              return r.outcomes().effort();
            });
    scripts.increment(effort.scriptsGenerated());
    if (effort.generationMillis() > 0) {
      generation.record(Duration.ofMillis(effort.generationMillis()));
    }
    return result;
  }
}
