package io.telemetryinject.analyzer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.metrics.FunctionMeters;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.ScriptRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts analyzed functions and cache look-ups. */
final class AnalysisMeters {
  private static final String NO_REASON = "none";

  private final MeterRegistry registry;
  private final FunctionMeters functions;

  AnalysisMeters(MeterRegistry registry) {
    this.registry = registry;
    this.functions = new FunctionMeters(registry, "analyzer").expecting("described");
    lookups("hit", null).increment(0);
    for (MissReason reason : MissReason.values()) {
      lookups("miss", reason).increment(0);
    }
  }

  private Counter lookups(String result, @Nullable MissReason reason) {
    return Counter.builder("telemetry.inject.cache.lookups")
        .description("Functions that a script was looked up for")
        .tag("result", result)
        .tag("reason", reason == null ? NO_REASON : reason.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  Analysis count(Analysis analysis) {
    int hit = analysis.hits().map(batch -> batch.executions().size()).orElse(0);
    lookups("hit", null).increment(hit);
    int miss = 0;
    for (ScriptRequest request : analysis.misses()) {
      lookups("miss", request.miss()).increment(request.waiting().size());
      miss += request.waiting().size();
    }
    functions.count("described", hit + miss);
    analysis.refused().map(batch -> batch.outcomes()).orElse(List.of()).stream()
        .map(FunctionOutcome::outcome)
        .forEach(functions::count);
    return analysis;
  }
}
