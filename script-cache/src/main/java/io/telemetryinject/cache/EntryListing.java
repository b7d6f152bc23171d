package io.telemetryinject.cache;

import java.util.List;

/**
 * Which entries exist and are not in quarantine. A listing that is a moment old does no harm: a
 * missed entry is adopted when it is created again, a vanished one is absent when it is read.
 */
interface EntryListing {

  /** The listing that suits a store. */
  static EntryListing of(ObjectStore store) {
    return store.tellsLastChange()
        ? new WatchedListing(store)
        : new AskedListing(store, System::nanoTime);
  }

  /** Versions that exist and are not in quarantine, newest first. */
  List<Integer> usableVersions(String base) throws CacheException;

  /** All entries that exist and are not in quarantine. */
  List<EntryName> usable() throws CacheException;

  /** Has this process see what it has just changed. */
  void changed(EntryName name);
}
