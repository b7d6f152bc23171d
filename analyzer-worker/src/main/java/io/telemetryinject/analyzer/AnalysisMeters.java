package io.telemetryinject.analyzer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts analyzed functions and cache look-ups. */
final class AnalysisMeters {
  private final Counter described;
  private final Counter refused;
  private final Counter hits;
  private final Counter misses;

  AnalysisMeters(MeterRegistry meters) {
    described = functions(meters, "described");
    refused = functions(meters, "rejected");
    hits = lookups(meters, "hit");
    misses = lookups(meters, "miss");
  }

  private static Counter functions(MeterRegistry meters, String outcome) {
    return meters.counter("telemetry.inject.functions", "stage", "analyzer", "outcome", outcome);
  }

  private static Counter lookups(MeterRegistry meters, String result) {
    return meters.counter("telemetry.inject.cache.lookups", "result", result);
  }

  Analysis count(Analysis analysis) {
    int hit = analysis.hits().map(batch -> batch.executions().size()).orElse(0);
    int miss = analysis.misses().stream().mapToInt(request -> request.waiting().size()).sum();
    described.increment(hit + miss);
    refused.increment(analysis.refused().map(batch -> batch.outcomes().size()).orElse(0));
    hits.increment(hit);
    misses.increment(miss);
    return analysis;
  }
}
