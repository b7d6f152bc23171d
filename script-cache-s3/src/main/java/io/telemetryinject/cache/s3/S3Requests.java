package io.telemetryinject.cache.s3;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.cache.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Requests about objects of one cache, each made until it is answered. */
final class S3Requests implements AutoCloseable {
  private static final int MAX_PAGE = 1_000;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final S3Settings settings;
  private final Patience patience;

  S3Requests(S3Client client, S3Settings settings, OutageListener listener) {
    this.client = client;
    this.settings = settings;
    this.patience = new Patience(settings, listener);
  }

  String location(String key) {
    return settings.location() + key;
  }

  private String bucket() {
    return settings.location().bucket();
  }

  private String full(String key) {
    return settings.location().prefix() + key;
  }

  /**
   * What the server says of an object.
   *
   * @param age by the server's clock
   */
  record Standing(StoredObject object, Duration age) {}

  Optional<Standing> head(String key) throws CacheException {
    return patience.send(
        "cannot read",
        location(key),
        repeated -> {
          try {
            HeadObjectResponse head =
                client.headObject(request -> request.bucket(bucket()).key(full(key)));
            return Optional.of(standing(key, head));
          } catch (S3Exception e) {
            return absent(e);
          }
        });
  }

  private static Standing standing(String key, HeadObjectResponse head) {
    Instant modified = head.lastModified() == null ? Instant.EPOCH : head.lastModified();
    Instant now =
        head.sdkHttpResponse()
            .firstMatchingHeader("Date")
            .flatMap(S3Requests::instant)
            .orElseGet(Instant::now);
    String name = key.substring(key.lastIndexOf('/') + 1);
    long bytes = head.contentLength() == null ? 0 : head.contentLength();
    return new Standing(new StoredObject(name, bytes, modified), Duration.between(modified, now));
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A bucket that does not exist is an error, an object that does not is none. */
  private static <T> Optional<T> absent(S3Exception answer) {
    String code = answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    if (answer.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(code)) {
      return Optional.empty();
    }
    throw answer;
  }

  /** No more than {@code maxBytes} are kept in memory. */
  Optional<byte[]> get(String key, int maxBytes) throws IOException {
    Optional<byte[]> bytes =
        patience.send(
            "cannot read",
            location(key),
            repeated -> {
              try {
                return Optional.of(
                    client.getObject(
                        request -> request.bucket(bucket()).key(full(key)),
                        (GetObjectResponse response, AbortableInputStream content) ->
                            readUpTo(maxBytes + 1, response, content)));
              } catch (S3Exception e) {
                return absent(e);
              }
            });
    if (bytes.isPresent() && bytes.get().length > maxBytes) {
      throw new NotAnObjectException("is larger than " + maxBytes + " bytes");
    }
    return bytes;
  }

  /** A connection that breaks looks like the end: what is cut short must not look damaged. */
  private static byte[] readUpTo(
      int limit, GetObjectResponse response, AbortableInputStream content) throws IOException {
    byte[] bytes = content.readNBytes(limit);
    if (bytes.length == limit) {
      content.abort();
    } else if (response.contentLength() != null && bytes.length != response.contentLength()) {
      throw new IOException("the answer was cut short");
    }
    return bytes;
  }

  void put(String key, byte[] bytes) throws CacheException {
    patience.send(
        "cannot write",
        location(key),
        repeated -> client.putObject(putRequest(key).build(), RequestBody.fromBytes(bytes)));
  }

  /**
   * Writes an object unless there is one.
   *
   * @return whether this call wrote it: also when a first answer was lost, so that what stands
   *     there turns out to be what was sent
   */
  boolean create(String key, byte[] bytes) throws CacheException {
    Created created =
        patience.send(
            "cannot write",
            location(key),
            repeated -> {
              try {
                client.putObject(
                    putRequest(key).ifNoneMatch("*").build(), RequestBody.fromBytes(bytes));
                return Created.NOW;
              } catch (S3Exception e) {
                if (e.statusCode() != PRECONDITION_FAILED) {
                  throw e;
                }
                return repeated ? Created.PERHAPS_BEFORE : Created.BY_ANOTHER;
              }
            });
    return created == Created.NOW || created == Created.PERHAPS_BEFORE && holds(key, bytes);
  }

  private enum Created {
    NOW,
    PERHAPS_BEFORE,
    BY_ANOTHER
  }

  private boolean holds(String key, byte[] bytes) throws CacheException {
    try {
      return get(key, bytes.length).filter(there -> Arrays.equals(there, bytes)).isPresent();
    } catch (CacheException e) {
      throw e;
    } catch (IOException larger) {
      return false;
    }
  }

  private PutObjectRequest.Builder putRequest(String key) {
    S3Settings.Encryption encryption = settings.encryption();
    PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket()).key(full(key));
    if (!encryption.kind().equals("none")) {
      request.serverSideEncryption(encryption.kind());
    }
    if (encryption.kmsKey() != null) {
      request.ssekmsKeyId(encryption.kmsKey());
    }
    return request;
  }

  void delete(String key) throws CacheException {
    patience.send(
        "cannot delete",
        location(key),
        repeated -> client.deleteObject(request -> request.bucket(bucket()).key(full(key))));
  }

  /** What lies directly in a directory and has a name that begins so. */
  List<StoredObject> list(String directory, String namesBegin) throws CacheException {
    String start = directory.isEmpty() ? full("") : full(directory) + "/";
    List<StoredObject> objects = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Response page = page(start + namesBegin, token, MAX_PAGE);
      for (S3Object object : page.contents()) {
        String name = object.key().substring(start.length());
        if (!name.isEmpty()) {
          objects.add(new StoredObject(name, object.size(), object.lastModified()));
        }
      }
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
    return objects;
  }

  /** Whether anything at all lies where the cache would. */
  boolean anything() throws CacheException {
    ListObjectsV2Response page = page(full(""), null, 1);
    return !page.contents().isEmpty() || !page.commonPrefixes().isEmpty();
  }

  private ListObjectsV2Response page(String prefix, @Nullable String token, int size)
      throws CacheException {
    return patience.send(
        "cannot list",
        "s3://" + bucket() + "/" + prefix,
        repeated ->
            client.listObjectsV2(
                request ->
                    request
                        .bucket(bucket())
                        .prefix(prefix)
                        .delimiter("/")
                        .maxKeys(size)
                        .continuationToken(token)));
  }

  @Override
  public void close() {
    client.close();
  }
}
