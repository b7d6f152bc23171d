package io.telemetryinject.cache;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Scripts by key. Entries are create-once: a later script for a key is its next version. Safe for
 * use by several threads and processes.
 */
public interface ScriptCache {

  /** Whether a usable entry exists, by its metadata alone: cheap, for the analyzer's look-up. */
  OptionalInt latestVersion(ScriptKey key) throws IOException;

  /**
   * Reads a script and checks digest and signature. An entry that fails is quarantined and
   * reported, and then absent.
   */
  Optional<CachedScript> read(ScriptKey key, int version) throws IOException;

  /**
   * Stores a script as the next version after those that exist, unless another writer was first.
   *
   * @param expectedVersion the version to create, 1 for a new key
   * @return what stands under that version now: this script, or the winner's
   */
  CachedScript create(NewScript script, int expectedVersion) throws IOException;

  /** Takes an entry out of use; the reason is kept beside it. */
  void quarantine(ScriptKey key, int version, String reason) throws IOException;

  /** Adds to an entry's counters: hits, and executions with their total duration. */
  void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos);
}
