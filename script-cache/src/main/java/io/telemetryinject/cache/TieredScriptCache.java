package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The trusted part of a cache to read, and a namespace of one's own to write to: for runs whose
 * scripts nobody else is to run. Where both have a script of the same version, the trusted one
 * serves.
 */
public final class TieredScriptCache implements ScriptCache {
  private final ScriptCache trusted;
  private final ScriptCache own;

  /** Trusted scripts that do not do: they stay in use for everybody else. */
  private final Set<ScriptVersion> refused = ConcurrentHashMap.newKeySet();

  /**
   * @param trusted over a {@link ReadOnlyObjectStore}
   */
  public TieredScriptCache(ScriptCache trusted, ScriptCache own) {
    this.trusted = requireNonNull(trusted, "trusted is null");
    this.own = requireNonNull(own, "own is null");
  }

  @Override
  public OptionalInt latestVersion(ScriptKey key) throws IOException {
    OptionalInt ours = own.latestVersion(key);
    OptionalInt theirs = trusted.latestVersion(key);
    if (theirs.isEmpty() || refused.contains(new ScriptVersion(key, theirs.getAsInt()))) {
      return ours;
    }
    return ours.isPresent() && ours.getAsInt() > theirs.getAsInt() ? ours : theirs;
  }

  @Override
  public List<ScriptVersion> versions(Language language) throws IOException {
    Set<ScriptVersion> versions = new LinkedHashSet<>(trusted.versions(language));
    versions.removeAll(refused);
    versions.addAll(own.versions(language));
    return List.copyOf(versions);
  }

  @Override
  public Optional<CachedScript> read(ScriptKey key, int version) throws IOException {
    Optional<CachedScript> theirs =
        refused.contains(new ScriptVersion(key, version))
            ? Optional.empty()
            : trusted.read(key, version);
    return theirs.isPresent() ? theirs : own.read(key, version);
  }

  @Override
  public CachedScript create(NewScript script, int expectedVersion) throws IOException {
    Optional<CachedScript> standing = read(script.key(), expectedVersion);
    return standing.isPresent() ? standing.get() : own.create(script, expectedVersion);
  }

  @Override
  public void quarantine(ScriptKey key, int version, String reason) throws IOException {
    if (trusted.read(key, version).isPresent()) {
      refused.add(new ScriptVersion(key, version));
    } else {
      own.quarantine(key, version, reason);
    }
  }

  @Override
  public void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos) {
    own.recordUse(key, version, hits, executions, totalNanos);
  }

  @Override
  public MissReason explainMiss(ScriptKey key, KeyParts parts) throws IOException {
    return trusted.explainMiss(key, parts);
  }

  @Override
  public void recordMiss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {
    own.recordMiss(run, execution, key, reason, functions);
  }

  @Override
  public void recordNegativeHit() {
    own.recordNegativeHit();
  }

  @Override
  public void close() {
    own.close();
    trusted.close();
  }
}
