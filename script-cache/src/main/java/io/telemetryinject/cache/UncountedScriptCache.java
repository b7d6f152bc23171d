package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A cache to look into without being counted, and without changing anything. */
public final class UncountedScriptCache implements ScriptCache {
  private final ScriptCache cache;

  public UncountedScriptCache(ScriptCache cache) {
    this.cache = requireNonNull(cache, "cache is null");
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
    return cache.read(key, version);
  }

  @Override
  public CachedScript create(NewScript script, int expectedVersion) {
    throw new UnsupportedOperationException("this cache is only looked into");
  }

  @Override
  public void quarantine(ScriptKey key, int version, String reason) {
    throw new UnsupportedOperationException("this cache is only looked into");
  }

  @Override
  public void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos) {}

  @Override
  public MissReason explainMiss(ScriptKey key, KeyParts parts) throws IOException {
    return cache.explainMiss(key, parts);
  }

  @Override
  public void recordMiss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {}

  @Override
  public void recordNegativeHit() {}

  /** Leaves the cache open: it is somebody else's. */
  @Override
  public void close() {}
}
