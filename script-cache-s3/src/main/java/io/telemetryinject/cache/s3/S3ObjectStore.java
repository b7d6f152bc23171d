package io.telemetryinject.cache.s3;

import io.telemetryinject.cache.CacheError;
import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.EntryObjects;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** A cache in a bucket of any server that speaks S3 and honours {@code If-None-Match}. */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
  private static final byte[] MARK_TEXT =
      "{\"format\": \"telemetry-inject script cache\", \"layout\": 1}\n"
          .getBytes(StandardCharsets.UTF_8);

  /** Not the mark's own bytes: a repeated request must not be taken for a first one. */
  private static final byte[] PROBE_TEXT =
      "{\"format\": \"telemetry-inject script cache\", \"layout\": 1, \"probe\": true}\n"
          .getBytes(StandardCharsets.UTF_8);

  private static final Lock NOBODY_TO_KEEP_OUT = () -> {};

  private final S3Location location;
  private final S3Requests requests;
  private final EntryCreation creation;
  private volatile boolean marked;

  private S3ObjectStore(S3Location location, S3Requests requests, EntryCreation creation) {
    this.location = location;
    this.requests = requests;
    this.creation = creation;
  }

  /**
   * Opens a cache; no request is made yet.
   *
   * @throws CacheException when no client can be made of the settings
   */
  public static S3ObjectStore open(S3Settings settings, OutageListener listener)
      throws CacheException {
    return open(S3Clients.open(settings), settings, listener, EntryCreation.Timing.USUAL);
  }

  static S3ObjectStore open(
      S3Client client, S3Settings settings, OutageListener listener, EntryCreation.Timing timing) {
    S3Requests requests = new S3Requests(client, settings, listener);
    return new S3ObjectStore(settings.location(), requests, new EntryCreation(requests, timing));
  }

  @Override
  public String location() {
    return location.toString();
  }

  @Override
  public String location(String key) {
    return requests.location(key);
  }

  @Override
  public boolean exists(String key) throws CacheException {
    return requests.head(key).isPresent();
  }

  @Override
  public Optional<byte[]> read(String key, int maxBytes) throws IOException {
    return requests.get(key, maxBytes);
  }

  @Override
  public boolean create(String key, byte[] bytes) throws CacheException {
    mark();
    return requests.create(key, bytes);
  }

  @Override
  public void replace(String key, byte[] bytes) throws CacheException {
    mark();
    requests.put(key, bytes);
  }

  @Override
  public boolean createEntry(EntryObjects entry) throws CacheException {
    mark();
    return creation.create(entry);
  }

  /** The first write says what this is, and finds out whether the server creates once. */
  private void mark() throws CacheException {
    if (marked) {
      return;
    }
    if (requests.create(MARK, MARK_TEXT) && requests.create(MARK, PROBE_TEXT)) {
      throw new CacheException(
          CacheError.NO_CREATE_ONCE,
          "cannot write to " + location + ": the server ignores If-None-Match",
          null);
    }
    marked = true;
  }

  @Override
  public boolean delete(String key) throws CacheException {
    requests.delete(key);
    return true;
  }

  @Override
  public Optional<StoredObject> find(String key) throws CacheException {
    return requests.head(key).map(S3Requests.Standing::object);
  }

  @Override
  public List<StoredObject> list(String directory, String namesBegin) throws CacheException {
    return requests.list(directory, namesBegin);
  }

  @Override
  public Lock lock() {
    return NOBODY_TO_KEEP_OUT;
  }

  @Override
  public Duration settlesWithin() {
    return creation.settlesWithin();
  }

  @Override
  public boolean isCache() throws CacheException {
    if (exists(MARK)) {
      return true;
    }
    if (requests.anything()) {
      throw new CacheException(
          CacheError.NOT_A_CACHE,
          location + " does not look like a script cache: it has no " + MARK,
          null);
    }
    return false;
  }

  /** Claims that hold over all who use this bucket; to be closed before this. */
  S3KeyClaims claims() {
    return new S3KeyClaims(requests, S3KeyClaims.Timing.USUAL);
  }

  @Override
  public void close() {
    requests.close();
  }
}
