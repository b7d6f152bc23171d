package io.telemetryinject.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.telemetryinject.cache.StoredEntry.TestResults;
import io.telemetryinject.cache.UsageCounts.Use;
import io.telemetryinject.model.KeyKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One script as the index shows it.
 *
 * @param hash first 12 hex digits of the key
 * @param functionName the function's name, or the shape
 * @param lastUsed null when it never was
 * @param validationStatus {@code passed}, or {@code quarantined}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record IndexedScript(
    String hash,
    String functionName,
    KeyKind keyKind,
    String language,
    Instant createdAt,
    @Nullable Instant lastUsed,
    String validationStatus,
    TestResults testResults,
    Performance performance,
    List<String> learnedLessonsApplied,
    int version,
    String modelGeneratedBy) {

  /** What use shows. */
  record Performance(
      @JsonProperty("avg_execution_ms") double averageExecutionMillis,
      @JsonProperty("cache_hits") long cacheHits) {}

  static IndexedScript of(StoredEntry entry, boolean quarantined, Use use) {
    return new IndexedScript(
        entry.key().shortForm(),
        entry.name(),
        entry.key().kind(),
        entry.key().language().id(),
        entry.createdAt(),
        use.lastUsed().equals(Instant.EPOCH) ? null : use.lastUsed(),
        quarantined ? "quarantined" : "passed",
        entry.testResults(),
        new Performance(CacheStatistics.millis(use.executionNanos(), use.executions()), use.hits()),
        entry.learnedLessonsApplied(),
        entry.version(),
        entry.modelGeneratedBy());
  }
}
