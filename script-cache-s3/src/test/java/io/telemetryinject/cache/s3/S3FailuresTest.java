package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {
  @Test
  void saysWhatTheServerSaidOrElseItsCode() {
    assertThat(words("NoSuchBucket", "The bucket is not there.\n"))
        .isEqualTo("HTTP 404, the bucket is not there");
    assertThat(words("NoSuchBucket", "")).isEqualTo("HTTP 404, NoSuchBucket");
    assertThat(words("NoSuchBucket", null)).isEqualTo("HTTP 404, NoSuchBucket");
    assertThat(words(null, null)).isEqualTo("HTTP 404");
  }

  private static String words(@Nullable String code, @Nullable String message) {
    return S3Failures.words(
        S3Exception.builder()
            .statusCode(404)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build());
  }
}
