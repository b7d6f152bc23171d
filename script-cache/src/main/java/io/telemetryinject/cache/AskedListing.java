package io.telemetryinject.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Asks the store for one key's versions at a time, so that what it costs does not grow with the
 * cache. Versions are remembered for {@link #REMEMBERED}: so much later a process may see another's
 * newer version or quarantine marker, and for longer when the store does not answer. That there is
 * none is never remembered.
 */
final class AskedListing implements EntryListing {
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  /** Beyond that all is forgotten; a run has a few hundred keys. */
  private static final int CAPACITY = 10_000;

  private final ObjectStore store;
  private final LongSupplier nanos;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  AskedListing(ObjectStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
  }

  private record Answer(List<Integer> versions, long asked) {}

  @Override
  public List<Integer> usableVersions(String base) throws CacheException {
    long now = nanos.getAsLong();
    Answer known = answers.get(base);
    if (known != null && now - known.asked() < REMEMBERED.toNanos()) {
      return known.versions();
    }
    List<Integer> versions;
    try {
      versions = UsableVersions.of(names(base)).of(base);
    } catch (CacheException e) {
      if (known != null && e.error() == CacheError.UNAVAILABLE) {
        return known.versions();
      }
      throw e;
    }
    if (versions.isEmpty()) {
      answers.remove(base);
    } else {
      if (answers.size() >= CAPACITY) {
        answers.clear();
      }
      answers.put(base, new Answer(versions, now));
    }
    return versions;
  }

  @Override
  public List<EntryName> usable() throws CacheException {
    return UsableVersions.of(store.names(EntryName.ENTRIES)).names();
  }

  private List<String> names(String base) throws CacheException {
    return store.list(EntryName.ENTRIES, base).stream().map(StoredObject::name).toList();
  }

  @Override
  public void changed(EntryName name) {
    answers.remove(name.base());
  }
}
