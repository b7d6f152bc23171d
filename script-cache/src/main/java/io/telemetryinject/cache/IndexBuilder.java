package io.telemetryinject.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.telemetryinject.cache.CacheStatistics.Lookups;
import io.telemetryinject.cache.CacheStatistics.Savings;
import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.cache.UsageCounts.Use;
import io.telemetryinject.model.KeyKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Derives the index from entries and counters. The index is a view for people and tools: nothing in
 * the cache ever decides by it, and the last writer's is as good as any. Entries never change, so
 * that only those are read which the index does not have yet.
 */
final class IndexBuilder {
  static final String INDEX = "metadata/script_index.json";

  private static final int MAX_BYTES = 256 << 20;

  private final ObjectStore store;
  private final EntryCatalogue catalogue;
  private final UsageLedger usage;

  IndexBuilder(ObjectStore store, Clock clock) {
    this.store = store;
    this.catalogue = new EntryCatalogue(store);
    this.usage = new UsageLedger(store, clock);
  }

  /** The index file. */
  record Index(Map<String, IndexedScript> scripts, @Nullable Stats stats) {
    Index {
      scripts = scripts == null ? Map.of() : scripts;
    }
  }

  /** The whole cache in four figures. */
  record Stats(
      @JsonProperty("total_scripts") int totalScripts,
      @JsonProperty("cache_hit_rate") double cacheHitRate,
      @JsonProperty("avg_generation_time_ms") double averageGenerationMillis,
      @JsonProperty("avg_cached_execution_ms") double averageCachedExecutionMillis) {}

  /**
   * All entries.
   *
   * @param unreadable how many have metadata that cannot be understood
   */
  record Listing(Map<String, IndexedScript> scripts, UsageCounts counts, int unreadable) {}

  CacheStatistics rebuild() throws IOException {
    Listing listing = listing();
    CacheStatistics figures = figures(listing);
    Stats stats =
        new Stats(
            figures.totalScripts(),
            figures.hitRate(),
            figures.averageGenerationMillis(),
            figures.averageCachedExecutionMillis());
    store.replace(INDEX, CacheJson.write(new Index(listing.scripts(), stats)));
    return figures;
  }

  CacheStatistics statistics() throws IOException {
    return figures(listing());
  }

  Listing listing() throws IOException {
    UsageCounts counts = usage.total();
    Instant indexed = store.find(INDEX).map(StoredObject::lastModified).orElse(Instant.MIN);
    Map<String, IndexedScript> known = known();
    Set<EntryName> quarantined = new HashSet<>();
    Map<EntryName, StoredObject> entries = new TreeMap<>();
    for (StoredObject object : store.list(EntryName.ENTRIES, "")) {
      EntryName.ofMarker(object.name()).ifPresent(quarantined::add);
      EntryName.ofMetadata(object.name()).ifPresent(name -> entries.put(name, object));
    }
    Map<String, IndexedScript> scripts = new TreeMap<>();
    Map<EntryName, Long> unknown = new TreeMap<>();
    for (Map.Entry<EntryName, StoredObject> entry : entries.entrySet()) {
      EntryName name = entry.getKey();
      IndexedScript script = known.get(name.text());
      if (script != null && entry.getValue().lastModified().isBefore(indexed)) {
        scripts.put(name.text(), script.updated(quarantined.contains(name), counts.of(name)));
      } else {
        unknown.put(name, entry.getValue().bytes());
      }
    }
    Map<EntryName, Long> sizes = catalogue.contentBytes(unknown.keySet());
    catalogue
        .read(unknown.keySet())
        .forEach(
            (name, entry) -> {
              long size = unknown.getOrDefault(name, 0L) + sizes.getOrDefault(name, 0L);
              boolean isOut = quarantined.contains(name);
              scripts.put(name.text(), IndexedScript.of(entry, isOut, counts.of(name), size));
            });
    return new Listing(scripts, counts, entries.size() - scripts.size());
  }

  private Map<String, IndexedScript> known() throws IOException {
    try {
      Optional<Index> index =
          store.read(INDEX, MAX_BYTES).flatMap(bytes -> CacheJson.read(bytes, Index.class));
      return index.map(Index::scripts).orElse(Map.of());
    } catch (NotAnObjectException odd) {
      return Map.of();
    }
  }

  private static CacheStatistics figures(Listing listing) {
    Collection<IndexedScript> scripts = listing.scripts().values();
    UsageCounts counts = listing.counts();
    int usable = (int) scripts.stream().filter(IndexedScript::isUsable).count();
    Use all = counts.entries().values().stream().reduce(Use.NONE, Use::plus);
    double asked = (double) all.hits() + counts.misses();
    return new CacheStatistics(
        usable,
        scripts.size() - usable + listing.unreadable(),
        scripts.stream().mapToLong(IndexedScript::sizeBytes).sum(),
        asked == 0 ? 0 : all.hits() / asked,
        scripts.stream()
            .filter(IndexedScript::isUsable)
            .mapToLong(s -> s.generation().durationMs())
            .average()
            .orElse(0),
        CacheStatistics.millis(all.executionNanos(), all.executions()),
        new Lookups(
            hits(scripts, KeyKind.SHAPE),
            hits(scripts, KeyKind.SIGNATURE),
            counts.misses(),
            counts.negativeHits()),
        savings(scripts));
  }

  private static long hits(Collection<IndexedScript> scripts, KeyKind kind) {
    return scripts.stream()
        .filter(s -> s.keyKind() == kind)
        .mapToLong(s -> s.performance().cacheHits())
        .sum();
  }

  private static Savings savings(Collection<IndexedScript> scripts) {
    int byModel = 0;
    long calls = 0;
    long paid = 0;
    long served = 0;
    for (IndexedScript script : scripts) {
      if (script.isByModel()) {
        byModel += script.isUsable() ? 1 : 0;
        calls += script.generation().modelCalls();
        paid += script.generation().costMicrodollars();
        served += script.performance().cacheHits();
      }
    }
    long avoided = calls == 0 ? 0 : Math.round((double) served * paid / calls);
    return new Savings(byModel, calls, paid, avoided);
  }
}
