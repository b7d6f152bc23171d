package io.telemetryinject.cache;

/** What reading an entry found. */
sealed interface Reading {

  /** Everything is as it was signed. */
  record Sound(StoredEntry entry, String script, EntryCopy copy) implements Reading {}

  /** There is no such entry, or it was removed while it was read. */
  record Absent() implements Reading {}

  /** Something is not as it was signed. */
  record Damaged(String reason) implements Reading {}
}
