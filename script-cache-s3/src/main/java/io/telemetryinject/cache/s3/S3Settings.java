package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket is reached.
 *
 * @param endpoint any S3-compatible server, reached in path style; null for AWS
 * @param region null for what the SDK's default chain says
 * @param encryption what objects are encrypted with where they lie
 * @param credentials null for the SDK's default chain: environment, profile, the pod's service
 *     account, the machine's role
 * @param attemptTimeout for one request
 * @param patience how long a caller waits, in all, for a store that has answered before
 * @param firstPatience the same for one that never has: its address may be wrong
 */
public record S3Settings(
    S3Location location,
    @Nullable URI endpoint,
    @Nullable String region,
    Encryption encryption,
    @Nullable Credentials credentials,
    Duration attemptTimeout,
    Duration patience,
    Duration firstPatience) {
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

  /** Longer than the outages that happen, so that one is not paid for with new scripts. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(15);

  /**
   * Encryption by the server.
   *
   * @param kind {@code none}, {@code AES256} or {@code aws:kms}
   * @param kmsKey id of the key for {@code aws:kms}; null for the account's own
   */
  public record Encryption(String kind, @Nullable String kmsKey) {
    public static final Encryption NONE = new Encryption("none", null);

    public Encryption {
      if (!kind.equals("none") && !kind.equals("AES256") && !kind.equals("aws:kms")) {
        throw new IllegalArgumentException(
            "s3-encryption is " + kind + ", neither none nor AES256 nor aws:kms");
      }
      if (kmsKey != null && !kind.equals("aws:kms")) {
        throw new IllegalArgumentException("s3-kms-key is of use with s3-encryption=aws:kms only");
      }
    }
  }

  /** A key pair of an endpoint of our own. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return accessKey;
    }
  }

  public S3Settings {
    requireNonNull(location, "location is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(attemptTimeout, "attemptTimeout is null");
    requireNonNull(patience, "patience is null");
    requireNonNull(firstPatience, "firstPatience is null");
  }

  /** With the usual patience, and no encryption. */
  public static S3Settings of(
      S3Location location, @Nullable URI endpoint, @Nullable String region) {
    return new S3Settings(
        location,
        endpoint,
        region,
        Encryption.NONE,
        null,
        ATTEMPT_TIMEOUT,
        PATIENCE,
        FIRST_PATIENCE);
  }

  /** The same for another place. */
  public S3Settings at(S3Location location) {
    return new S3Settings(
        location,
        endpoint,
        region,
        encryption,
        credentials,
        attemptTimeout,
        patience,
        firstPatience);
  }

  public S3Settings withEncryption(Encryption encryption) {
    return new S3Settings(
        location,
        endpoint,
        region,
        encryption,
        credentials,
        attemptTimeout,
        patience,
        firstPatience);
  }

  public S3Settings withCredentials(Credentials credentials) {
    return new S3Settings(
        location,
        endpoint,
        region,
        encryption,
        credentials,
        attemptTimeout,
        patience,
        firstPatience);
  }

  /** The same with other patience; both kinds. */
  public S3Settings withPatience(Duration attemptTimeout, Duration patience) {
    return new S3Settings(
        location, endpoint, region, encryption, credentials, attemptTimeout, patience, patience);
  }
}
