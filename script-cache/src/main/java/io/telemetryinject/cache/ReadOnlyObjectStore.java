package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store for those who may read it and no more, whatever the place itself would let them do. */
public final class ReadOnlyObjectStore implements ObjectStore {
  private final ObjectStore store;

  public ReadOnlyObjectStore(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public String location(String key) {
    return store.location(key);
  }

  @Override
  public boolean exists(String key) throws CacheException {
    return store.exists(key);
  }

  @Override
  public Optional<byte[]> read(String key, int maxBytes) throws IOException {
    return store.read(key, maxBytes);
  }

  @Override
  public Optional<StoredObject> find(String key) throws CacheException {
    return store.find(key);
  }

  @Override
  public List<StoredObject> list(String directory, String namesBegin) throws CacheException {
    return store.list(directory, namesBegin);
  }

  @Override
  public Duration settlesWithin() {
    return store.settlesWithin();
  }

  @Override
  public boolean tellsLastChange() {
    return store.tellsLastChange();
  }

  @Override
  public Instant lastChange(String directory) throws CacheException {
    return store.lastChange(directory);
  }

  @Override
  public boolean isCache() throws CacheException {
    return store.isCache();
  }

  @Override
  public boolean create(String key, byte[] bytes) throws CacheException {
    throw refused(key);
  }

  @Override
  public void replace(String key, byte[] bytes) throws CacheException {
    throw refused(key);
  }

  @Override
  public boolean delete(String key) throws CacheException {
    throw refused(key);
  }

  @Override
  public boolean createEntry(EntryObjects entry) throws CacheException {
    throw refused(entry.metadata().key());
  }

  @Override
  public Lock lock() throws CacheException {
    throw refused("");
  }

  private CacheException refused(String key) {
    return new CacheException(
        CacheError.ACCESS_DENIED, "cannot write " + store.location(key) + ": only read here", null);
  }
}
