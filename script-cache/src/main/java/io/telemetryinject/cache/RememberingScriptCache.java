package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps checked scripts in memory, so that a run reads and verifies each once. What another process
 * quarantines meanwhile stays in use here until the run ends: it was checked when it was read.
 */
public final class RememberingScriptCache implements ScriptCache {
  private static final int DEFAULT_CAPACITY = 1_024;

  private final ScriptCache cache;
  private final ReadListener reads;
  private final Map<EntryName, CachedScript> checked;

  public RememberingScriptCache(ScriptCache cache) {
    this(cache, DEFAULT_CAPACITY);
  }

  /**
   * @param reads is told of those that need not go further
   */
  public RememberingScriptCache(ScriptCache cache, ReadListener reads) {
    this(cache, reads, DEFAULT_CAPACITY);
  }

  /**
   * @param capacity how many scripts are kept; beyond that, the least recently used one goes
   */
  public RememberingScriptCache(ScriptCache cache, int capacity) {
    this(cache, ReadListener.none(), capacity);
  }

  private RememberingScriptCache(ScriptCache cache, ReadListener reads, int capacity) {
    this.cache = requireNonNull(cache, "cache is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.checked =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<EntryName, CachedScript> eldest) {
            return size() > capacity;
          }
        };
  }

  @Override
  public OptionalInt latestVersion(ScriptKey key) throws IOException {
    return cache.latestVersion(key);
  }

  @Override
  public List<ScriptVersion> versions(Language language) throws IOException {
    return cache.versions(language);
  }

  @Override
  public Optional<CachedScript> read(ScriptKey key, int version) throws IOException {
    EntryName name = EntryName.of(key, version);
    synchronized (checked) {
      CachedScript known = checked.get(name);
      if (known != null && known.key().equals(key)) {
        reads.read(ReadListener.Tier.PROCESS);
        return Optional.of(known);
      }
    }
    Optional<CachedScript> read = cache.read(key, version);
    read.ifPresent(this::remember);
    return read;
  }

  @Override
  public CachedScript create(NewScript script, int expectedVersion) throws IOException {
    CachedScript standing = cache.create(script, expectedVersion);
    remember(standing);
    return standing;
  }

  @Override
  public void quarantine(ScriptKey key, int version, String reason) throws IOException {
    try {
      cache.quarantine(key, version, reason);
    } finally {
      synchronized (checked) {
        checked.remove(EntryName.of(key, version));
      }
    }
  }

  private void remember(CachedScript script) {
    synchronized (checked) {
      checked.put(EntryName.of(script.key(), script.version()), script);
    }
  }

  @Override
  public void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos) {
    cache.recordUse(key, version, hits, executions, totalNanos);
  }

  @Override
  public MissReason explainMiss(ScriptKey key, KeyParts parts) throws IOException {
    return cache.explainMiss(key, parts);
  }

  @Override
  public void recordMiss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {
    cache.recordMiss(run, execution, key, reason, functions);
  }

  @Override
  public void recordNegativeHit() {
    cache.recordNegativeHit();
  }

  @Override
  public void close() {
    cache.close();
  }
}
