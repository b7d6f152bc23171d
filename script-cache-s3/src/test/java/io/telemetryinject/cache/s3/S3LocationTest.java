package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @Test
  void readsBucketAndPrefix() {
    assertThat(S3Location.parse("s3://scripts/a/b")).isEqualTo(new S3Location("scripts", "a/b/"));
    assertThat(S3Location.parse("s3://scripts/a/")).isEqualTo(new S3Location("scripts", "a/"));
    assertThat(S3Location.parse("s3://scripts")).isEqualTo(new S3Location("scripts", ""));
    assertThat(S3Location.parse("s3://scripts/a/b")).hasToString("s3://scripts/a/b/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "scripts/a",
        "gs://scripts/a",
        "s3://",
        "s3:///a",
        "s3://b a/x",
        "s3://scripts/a//b",
        "s3://scripts//",
        "s3://scripts/../x",
        "s3://scripts/a/../x",
        "s3://scripts/ä"
      })
  void refusesWhatIsNoLocation(String text) {
    assertThatThrownBy(() -> S3Location.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text);
  }

  @Test
  void keepsCopiesOfEachCacheApart() {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");
    Path one = copies("s3://scripts/a", null, environment);
    assertThat(one.getParent()).isEqualTo(Path.of("/cache/telemetry-inject"));
    assertThat(copies("s3://scripts/a/", null, environment)).isEqualTo(one);
    assertThat(copies("s3://scripts/b", null, environment)).isNotEqualTo(one);
    assertThat(copies("s3://scripts/a", "http://localhost:9000", environment)).isNotEqualTo(one);
  }

  private static Path copies(String cache, String endpoint, Map<String, String> environment) {
    S3Options options =
        new S3Options(endpoint == null ? null : URI.create(endpoint), null, null, null, null);
    return CachePlace.of(Path.of("unused"), cache, options, environment).copies();
  }

  @Test
  void tellsNobodyTheSecretKey() {
    S3Settings settings =
        S3Settings.of(S3Location.parse("s3://scripts"), null, null)
            .withCredentials(new S3Settings.Credentials("identity", "very-secret"));
    assertThat(settings.toString()).contains("identity").doesNotContain("very-secret");
  }

  @Test
  void refusesEncryptionThatMakesNoSense() {
    assertThatThrownBy(() -> new S3Settings.Encryption("rot13", null))
        .hasMessageContaining("s3-encryption is rot13");
    assertThatThrownBy(() -> new S3Settings.Encryption("AES256", "key"))
        .hasMessageContaining("aws:kms");
  }
}
