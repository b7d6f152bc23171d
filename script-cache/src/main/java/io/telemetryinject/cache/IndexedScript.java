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
 * @param sizeBytes of the script and all that belongs to it
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
    Generation generation,
    List<String> learnedLessonsApplied,
    int version,
    String modelGeneratedBy,
    long sizeBytes) {
  private static final String QUARANTINED = "quarantined";
  private static final String TEMPLATE = "template";

  /** What use shows. */
  record Performance(
      @JsonProperty("avg_execution_ms") double averageExecutionMillis,
      @JsonProperty("cache_hits") long cacheHits) {}

  /** What it took to have it written. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Generation(long durationMs, int modelCalls, long costMicrodollars) {}

  /** The same entry as it is now. */
  IndexedScript updated(boolean quarantined, Use use) {
    return new IndexedScript(
        hash,
        functionName,
        keyKind,
        language,
        createdAt,
        lastUsed(use),
        status(quarantined),
        testResults,
        performance(use),
        generation,
        learnedLessonsApplied,
        version,
        modelGeneratedBy,
        sizeBytes);
  }

  private static @Nullable Instant lastUsed(Use use) {
    return use.lastUsed().equals(Instant.EPOCH) ? null : use.lastUsed();
  }

  private static String status(boolean quarantined) {
    return quarantined ? QUARANTINED : "passed";
  }

  private static Performance performance(Use use) {
    return new Performance(
        CacheStatistics.millis(use.executionNanos(), use.executions()), use.hits());
  }

  boolean isUsable() {
    return !validationStatus.equals(QUARANTINED);
  }

  /** Whether a model wrote it, for this key or for another. */
  boolean isByModel() {
    return !modelGeneratedBy.equals(TEMPLATE);
  }

  static IndexedScript of(StoredEntry entry, boolean quarantined, Use use, long sizeBytes) {
    return new IndexedScript(
        entry.key().shortForm(),
        entry.name(),
        entry.key().kind(),
        entry.key().language().id(),
        entry.createdAt(),
        lastUsed(use),
        status(quarantined),
        entry.testResults(),
        performance(use),
        new Generation(entry.generationMs(), entry.modelCalls(), entry.costMicrodollars()),
        entry.learnedLessonsApplied(),
        entry.version(),
        entry.modelGeneratedBy(),
        sizeBytes);
  }
}
