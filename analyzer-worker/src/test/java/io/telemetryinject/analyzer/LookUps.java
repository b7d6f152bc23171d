package io.telemetryinject.analyzer;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.ScriptVersion;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A cache of which only look-ups are used: what an analyzer may do. */
final class LookUps implements ScriptCache {
  final Map<ScriptKey, Integer> versions = new HashMap<>();
  boolean broken;
  long hits;
  long misses;

  @Override
  public OptionalInt latestVersion(ScriptKey key) throws IOException {
    if (broken) {
      throw new IOException("the cache is gone");
    }
    Integer version = versions.get(key);
    return version == null ? OptionalInt.empty() : OptionalInt.of(version);
  }

  @Override
  public void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos) {
    this.hits += hits;
  }

  @Override
  public MissReason explainMiss(ScriptKey key, KeyParts parts) {
    return MissReason.LESSONS_CHANGED;
  }

  @Override
  public void recordMiss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {
    misses += functions;
  }

  @Override
  public void recordNegativeHit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ScriptVersion> versions(Language language) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CachedScript> read(ScriptKey key, int version) {
    throw new AssertionError("an analyzer reads no scripts");
  }

  @Override
  public CachedScript create(NewScript script, int expectedVersion) {
    throw new AssertionError("an analyzer stores no scripts");
  }

  @Override
  public void quarantine(ScriptKey key, int version, String reason) {
    throw new AssertionError("an analyzer quarantines nothing");
  }

  @Override
  public void close() {}
}
