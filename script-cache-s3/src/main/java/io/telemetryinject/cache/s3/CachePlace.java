package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.KeyClaims;
import io.telemetryinject.cache.LocalCopies;
import io.telemetryinject.cache.Namespace;
import io.telemetryinject.cache.UserCache;
import io.telemetryinject.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a cache lies: in a directory, or in a bucket with copies of what was read at hand.
 *
 * @param directory of the cache if there is no bucket
 * @param bucket null for a directory
 * @param copies directory of copies; null for none
 */
public record CachePlace(Path directory, @Nullable S3Settings bucket, @Nullable Path copies) {
  public CachePlace {
    requireNonNull(directory, "directory is null");
  }

  public static CachePlace directory(Path directory) {
    return new CachePlace(directory, null, null);
  }

  /**
   * The bucket if one is named, else the directory.
   *
   * @param cache {@code s3://BUCKET/PREFIX}, or null
   * @param environment of the process
   * @throws IllegalArgumentException when the options make no sense, with words for a person
   */
  public static CachePlace of(
      Path directory,
      @Nullable String cache,
      @Nullable S3Options options,
      Map<String, String> environment) {
    if (cache == null) {
      return directory(directory);
    }
    S3Options given = requireNonNullElse(options, S3Options.NONE);
    S3Settings bucket = given.settings(cache);
    Path copies = given.copies();
    return new CachePlace(
        directory, bucket, copies == null ? defaultCopies(bucket, environment) : copies);
  }

  /** One directory per cache: other caches' entries have the same names. */
  private static Path defaultCopies(S3Settings bucket, Map<String, String> environment) {
    String place = bucket.endpoint() + " " + bucket.location();
    String name = Sha256.of(place.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    return UserCache.directory(environment).resolve("scripts-" + name);
  }

  /** The part of it that is a namespace: a cache of its own. */
  public CachePlace within(Namespace namespace) {
    return namespace.isTrusted()
        ? this
        : new CachePlace(
            directory.resolve(namespace.directory()),
            bucket == null ? null : bucket.at(bucket.location().within(namespace)),
            copies == null ? null : copies.resolve(namespace.directory()));
  }

  /** In words for a person. */
  @Override
  public String toString() {
    return bucket == null ? directory.toString() : bucket.location().toString();
  }

  /**
   * Opens it; nothing is read yet.
   *
   * @throws CacheException when no connection can be made of the settings
   */
  public OpenCache open(OutageListener listener) throws CacheException {
    if (bucket == null) {
      return new OpenCache(
          new FileObjectStore(directory), new KeyClaims(directory), null, () -> {});
    }
    S3ObjectStore store = S3ObjectStore.open(bucket, listener);
    S3KeyClaims claims = store.claims();
    LocalCopies local = copies == null ? null : new LocalCopies(copies, LocalCopies.DEFAULT_BYTES);
    return new OpenCache(
        store,
        claims,
        local,
        () -> {
          claims.close();
          store.close();
        });
  }
}
