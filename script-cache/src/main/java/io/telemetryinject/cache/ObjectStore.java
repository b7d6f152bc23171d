package io.telemetryinject.cache;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a cache lies: small objects under keys such as {@code scripts/python/x.py}, each of which
 * appears whole or not at all. Safe for use by several threads and processes.
 *
 * <p>Nothing that comes out of it is trusted: digests and signatures are checked above it. Every
 * failure is a {@link CacheException}.
 */
public interface ObjectStore {
  /** Says that this place is a script cache: nothing is ever removed from any other. */
  String MARK = "metadata/cache.json";

  /** Where this is, as a person would write it. */
  String location();

  /** Where an object is, as a person would write it. */
  String location(String key);

  boolean exists(String key) throws CacheException;

  /**
   * Reads an object whole.
   *
   * @return nothing when there is no such object
   * @throws NotAnObjectException when what is there cannot have been written by a cache, e.g. a
   *     link, a pipe, or more than {@code maxBytes}
   */
  Optional<byte[]> read(String key, int maxBytes) throws IOException;

  /**
   * Writes an object unless there is one.
   *
   * @return whether this call wrote it
   */
  boolean create(String key, byte[] bytes) throws CacheException;

  /** Writes an object, in place of what was there. */
  void replace(String key, byte[] bytes) throws CacheException;

  /**
   * @return whether there was such an object; true where the store does not say
   */
  boolean delete(String key) throws CacheException;

  /** One object's name, size and age; nothing when there is none. */
  Optional<StoredObject> find(String key) throws CacheException;

  /** What lies directly in a directory and has a name that begins so, in no order. */
  List<StoredObject> list(String directory, String namesBegin) throws CacheException;

  /** Names of what lies directly in a directory, in no order. */
  default List<String> names(String directory) throws CacheException {
    return list(directory, "").stream().map(StoredObject::name).toList();
  }

  /**
   * Writes the objects of an entry, its metadata last: of all who try, one wins, and a reader finds
   * the winner's objects or no entry.
   *
   * @return false when the entry exists, was taken out of use, or is another's who did not finish
   */
  boolean createEntry(EntryObjects entry) throws CacheException;

  /** Keeps writers of entries out until it is closed, where {@link #settlesWithin} is zero. */
  Lock lock() throws CacheException;

  /** Closed by the thread that took it. */
  interface Lock extends AutoCloseable {
    @Override
    void close() throws CacheException;
  }

  /**
   * How long after it was written an object without an entry may still become part of one. Zero
   * where {@link #lock} keeps writers out.
   */
  Duration settlesWithin();

  /** Whether {@link #lastChange} is known here. */
  default boolean tellsLastChange() {
    return false;
  }

  /** When a directory's list of names last changed: until it moves, what was listed is known. */
  default Instant lastChange(String directory) throws CacheException {
    throw new UnsupportedOperationException("this store keeps no times of directories");
  }

  /**
   * Whether there is anything to look after.
   *
   * @return false when there is nothing at all
   * @throws CacheException when there is something that is not a script cache
   */
  boolean isCache() throws CacheException;

  /** What lies under an object's key is no object of a cache. */
  final class NotAnObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    public NotAnObjectException(String what) {
      super(what);
    }
  }
}
