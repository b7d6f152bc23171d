package io.telemetryinject.generator;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.ScriptVersion;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Scripts in memory: create-once per version, as the real cache has it. */
final class MemoryCache implements ScriptCache {
  private record Entry(ScriptKey key, int version) {}

  private final Map<Entry, CachedScript> scripts = new ConcurrentHashMap<>();

  int size() {
    return scripts.size();
  }

  CachedScript put(ScriptKey key, int version, String script) {
    CachedScript entry = new CachedScript(key, version, script, Sha256.of(script));
    CachedScript winner = scripts.putIfAbsent(new Entry(key, version), entry);
    return winner == null ? entry : winner;
  }

  @Override
  public OptionalInt latestVersion(ScriptKey key) {
    return scripts.keySet().stream()
        .filter(e -> e.key().equals(key))
        .mapToInt(Entry::version)
        .max();
  }

  @Override
  public List<ScriptVersion> versions(Language language) {
    return scripts.keySet().stream().map(e -> new ScriptVersion(e.key(), e.version())).toList();
  }

  @Override
  public Optional<CachedScript> read(ScriptKey key, int version) {
    return Optional.ofNullable(scripts.get(new Entry(key, version)));
  }

  @Override
  public CachedScript create(NewScript script, int expectedVersion) {
    return put(script.key(), expectedVersion, script.script());
  }

  @Override
  public void quarantine(ScriptKey key, int version, String reason) {
    scripts.remove(new Entry(key, version));
  }

  @Override
  public void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos) {}

  @Override
  public MissReason explainMiss(ScriptKey key, KeyParts parts) {
    return MissReason.NEW_SHAPE;
  }

  @Override
  public void recordMiss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {}

  @Override
  public void recordNegativeHit() {}

  @Override
  public void close() {}
}
