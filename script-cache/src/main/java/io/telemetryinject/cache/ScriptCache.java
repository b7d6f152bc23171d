package io.telemetryinject.cache;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Scripts by key. Entries are create-once: a later script for a key is its next version. Safe for
 * use by several threads and processes.
 */
public interface ScriptCache extends AutoCloseable {

  /**
   * The highest version of a key that exists and is not in quarantine, by metadata alone: cheap,
   * for the analyzer's look-up. Only {@link #read} says whether it may be trusted.
   */
  OptionalInt latestVersion(ScriptKey key) throws IOException;

  /**
   * All versions of all keys of a language that exist and are not in quarantine, by metadata alone,
   * in no order.
   */
  List<ScriptVersion> versions(Language language) throws IOException;

  /**
   * Reads a script and checks digest and signature. An entry that fails is quarantined and
   * reported, and then absent.
   */
  Optional<CachedScript> read(ScriptKey key, int version) throws IOException;

  /**
   * Stores a script as a new version, unless another writer was first. A version that is in
   * quarantine, fails its checks or belongs to another key of the same short form is passed over.
   *
   * @param expectedVersion the version to create, 1 for a new key
   * @return what stands under the first usable version from there on: this script, or the winner's
   */
  CachedScript create(NewScript script, int expectedVersion) throws IOException;

  /** Takes an entry out of use; the reason is kept beside it. */
  void quarantine(ScriptKey key, int version, String reason) throws IOException;

  /** Adds to an entry's counters: hits, and executions with their total duration. */
  void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos);

  /** Why there is no usable script for a key. */
  MissReason explainMiss(ScriptKey key, KeyParts parts) throws IOException;

  /**
   * Counts functions of a run for which there was no usable script.
   *
   * @param execution tells this run from others of the same id
   */
  void recordMiss(RunId run, String execution, ScriptKey key, MissReason reason, int functions);

  /** Counts a key that no author is asked for, because all of them failed on it before. */
  void recordNegativeHit();

  /** Writes the counters down; what cannot be written is logged, since they are for people only. */
  @Override
  void close();
}
