package io.telemetryinject.cache;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Counters of one process, or the sum of several.
 *
 * @param misses functions for which there was no usable script
 * @param negativeHits times that nobody was asked for a script, because all had failed before
 * @param entries by entry name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record UsageCounts(long misses, Long negativeHits, Map<String, Use> entries) {
  static final UsageCounts NONE = new UsageCounts(0, 0L, Map.of());

  /**
   * Use of one entry.
   *
   * @param executionNanos of all executions together
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Use(long hits, long executions, long executionNanos, Instant lastUsed) {

    static final Use NONE = new Use(0, 0, 0, Instant.EPOCH);

    Use {
      // Counters are evidence from files that anyone may have edited: nonsense counts as nothing.
      hits = Math.max(0, hits);
      executions = Math.max(0, executions);
      executionNanos = Math.max(0, executionNanos);
    }

    Use plus(Use other) {
      return new Use(
          add(hits, other.hits),
          add(executions, other.executions),
          add(executionNanos, other.executionNanos),
          lastUsed.isAfter(other.lastUsed) ? lastUsed : other.lastUsed);
    }
  }

  UsageCounts {
    misses = Math.max(0, misses);
    negativeHits = negativeHits == null ? Long.valueOf(0) : Long.valueOf(Math.max(0, negativeHits));
    entries = Map.copyOf(entries);
  }

  UsageCounts plus(UsageCounts other) {
    Map<String, Use> sum = new TreeMap<>(entries);
    other.entries.forEach((entry, use) -> sum.merge(entry, use, Use::plus));
    return new UsageCounts(add(misses, other.misses), add(negativeHits, other.negativeHits), sum);
  }

  Use of(EntryName name) {
    return entries.getOrDefault(name.text(), Use.NONE);
  }

  private static long add(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
