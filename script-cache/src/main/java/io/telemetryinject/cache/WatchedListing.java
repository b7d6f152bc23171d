package io.telemetryinject.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists again only when the directory has changed, for stores that keep that time. */
final class WatchedListing implements EntryListing {
  /** Changes within one tick of the file system's clock leave the same time on a directory. */
  private static final Duration TICK = Duration.ofMillis(50);

  private final ObjectStore store;
  private volatile @Nullable Snapshot snapshot;

  WatchedListing(ObjectStore store) {
    this.store = store;
  }

  /**
   * @param changed the directory's own time when it was listed
   * @param settled whether a change after the listing would show in that time
   */
  private record Snapshot(Instant changed, boolean settled, UsableVersions usable) {}

  @Override
  public List<Integer> usableVersions(String base) throws CacheException {
    return current().of(base);
  }

  @Override
  public List<EntryName> usable() throws CacheException {
    return current().names();
  }

  @Override
  public void changed(EntryName name) {
    // The directory's time says so.
  }

  private UsableVersions current() throws CacheException {
    Instant changed = store.lastChange(EntryName.ENTRIES);
    Snapshot current = snapshot;
    if (current == null || !current.settled() || !current.changed().equals(changed)) {
      boolean settled = changed.plus(TICK).isBefore(Instant.now());
      current = new Snapshot(changed, settled, UsableVersions.of(store.names(EntryName.ENTRIES)));
      snapshot = current;
    }
    return current.usable();
  }
}
