package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNullElse;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a person or a deployment describes an S3 cache; everything may be left out.
 *
 * @param endpoint any S3-compatible server, reached in path style; AWS if there is none
 * @param region the default chain's if there is none
 * @param encryption {@code none}, {@code AES256} or {@code aws:kms}
 * @param kmsKey for {@code aws:kms}; the account's own if there is none
 * @param copies directory of local copies; below {@code ~/.cache} if there is none
 */
public record S3Options(
    @Nullable URI endpoint,
    @Nullable String region,
    @Nullable String encryption,
    @Nullable String kmsKey,
    @Nullable Path copies) {
  public static final S3Options NONE = new S3Options(null, null, null, null, null);

  /**
   * Settings for what lies at {@code s3://BUCKET/PREFIX}.
   *
   * @throws IllegalArgumentException when they make no sense, with words for a person
   */
  public S3Settings settings(String location) {
    if (endpoint != null && !isHttp(endpoint)) {
      throw new IllegalArgumentException(
          "the S3 endpoint " + endpoint + " is no http:// or https:// address");
    }
    return S3Settings.of(S3Location.parse(location), endpoint, region)
        .withEncryption(new S3Settings.Encryption(requireNonNullElse(encryption, "none"), kmsKey));
  }

  private static boolean isHttp(URI address) {
    return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getHost() != null;
  }
}
