package io.telemetryinject.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.telemetryinject.cache.EntryCatalogue.Listed;
import io.telemetryinject.cache.UsageCounts.Use;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Derives the index from entries and counters. The index is a view for people and tools: nothing in
 * the cache ever decides by it, and the last writer's is as good as any.
 */
final class IndexBuilder {
  static final String INDEX = "metadata/script_index.json";

  private final ObjectStore store;
  private final EntryCatalogue catalogue;
  private final UsageLedger usage;

  IndexBuilder(ObjectStore store, Clock clock) {
    this.store = store;
    this.catalogue = new EntryCatalogue(store);
    this.usage = new UsageLedger(store, clock);
  }

  /** The index file. */
  record Index(Map<String, IndexedScript> scripts, Stats stats) {}

  /** The whole cache in four figures. */
  record Stats(
      @JsonProperty("total_scripts") int totalScripts,
      @JsonProperty("cache_hit_rate") double cacheHitRate,
      @JsonProperty("avg_generation_time_ms") double averageGenerationMillis,
      @JsonProperty("avg_cached_execution_ms") double averageCachedExecutionMillis) {}

  void rebuild() throws IOException {
    UsageCounts counts = usage.total();
    Map<String, IndexedScript> scripts = new TreeMap<>();
    for (Listed listed : catalogue.entries()) {
      listed
          .entry()
          .ifPresent(
              entry ->
                  scripts.put(
                      listed.name().text(),
                      IndexedScript.of(entry, listed.quarantined(), counts.of(listed.name()))));
    }
    CacheStatistics figures = statistics();
    Stats stats =
        new Stats(
            figures.totalScripts(),
            figures.hitRate(),
            figures.averageGenerationMillis(),
            figures.averageCachedExecutionMillis());
    store.replace(INDEX, CacheJson.write(new Index(scripts, stats)));
  }

  CacheStatistics statistics() throws IOException {
    int usable = 0;
    int quarantined = 0;
    long generationMillis = 0;
    for (Listed listed : catalogue.entries()) {
      if (listed.quarantined() || listed.entry().isEmpty()) {
        quarantined++;
      } else {
        usable++;
        generationMillis += listed.entry().get().generationMs();
      }
    }
    UsageCounts counts = usage.total();
    Use all = counts.entries().values().stream().reduce(Use.NONE, Use::plus);
    double asked = (double) all.hits() + counts.misses();
    return new CacheStatistics(
        usable,
        quarantined,
        catalogue.totalBytes(),
        asked == 0 ? 0 : all.hits() / asked,
        usable == 0 ? 0 : (double) generationMillis / usable,
        CacheStatistics.millis(all.executionNanos(), all.executions()));
  }
}
