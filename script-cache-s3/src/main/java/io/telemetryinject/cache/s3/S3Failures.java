package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNullElse;

import io.telemetryinject.cache.CacheError;
import io.telemetryinject.cache.CacheException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells what passes from what does not, and says it in words for a person. */
final class S3Failures {
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  /** Errors that are the moment's, whatever status they come with. */
  private static final Set<String> PASSING =
      Set.of(
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "InternalError",
          "ServiceUnavailable",
          "OperationAborted",
          "ConditionalRequestConflict");

  private S3Failures() {}

  static boolean passes(SdkException failure) {
    if (failure instanceof AwsServiceException answer) {
      int status = answer.statusCode();
      return status >= 500 && status != 501
          || status == CONFLICT
          || status == TOO_MANY
          || PASSING.contains(code(answer));
    }
    return !lacksCredentials(failure);
  }

  /** The SDK has no type for it. */
  private static boolean lacksCredentials(SdkException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("load credentials") || message.contains("Unable to load region");
  }

  private static String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? ""
        : requireNonNullElse(answer.awsErrorDetails().errorCode(), "");
  }

  /** Some servers say nothing beside the code. */
  private static String message(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? ""
        : requireNonNullElse(answer.awsErrorDetails().errorMessage(), "");
  }

  /** In a few words, without ids of requests. */
  static String words(SdkException failure) {
    if (failure instanceof AwsServiceException answer) {
      String message = message(answer).strip();
      String said = message.isEmpty() ? code(answer) : lower(message);
      return "HTTP " + answer.statusCode() + (said.isEmpty() ? "" : ", " + said);
    }
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof UnknownHostException)) {
      cause = cause.getCause();
    }
    String said = requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    return cause instanceof UnknownHostException ? "unknown host " + said : lower(said);
  }

  private static String lower(String sentence) {
    String text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** What does not pass by itself. */
  static CacheException lasting(String doing, String where, SdkException failure) {
    String what = doing + " " + where + ": " + words(failure);
    if (!(failure instanceof AwsServiceException answer)) {
      return new CacheException(
          CacheError.ACCESS_DENIED,
          what,
          "Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, or a profile.",
          failure);
    }
    if (code(answer).equals("NoSuchBucket")) {
      return new CacheException(
          CacheError.NOT_A_CACHE, what, "Create the bucket, or check its name.", failure);
    }
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      return new CacheException(
          CacheError.ACCESS_DENIED,
          what,
          "Check the credentials, and what the bucket's policy allows them.",
          failure);
    }
    return new CacheException(CacheError.IO, what, "Check endpoint, region and bucket.", failure);
  }

  static CacheException waitedInVain(
      String doing, String where, SdkException failure, long seconds) {
    return new CacheException(
        CacheError.UNAVAILABLE,
        doing + " " + where + ": no answer for " + seconds + " s: " + words(failure),
        failure);
  }

  static CacheException interrupted(String doing, String where) {
    return new CacheException(
        CacheError.UNAVAILABLE,
        doing + " " + where + ": interrupted while waiting for an answer",
        new IOException("interrupted"));
  }
}
