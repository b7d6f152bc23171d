package io.telemetryinject.llm;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** When a provider says to come back: seconds, milliseconds or a date. */
final class RetryAfter {
  private RetryAfter() {}

  static Optional<Duration> of(HttpHeaders headers) {
    Optional<Duration> exact = number(headers, "retry-after-ms").map(RetryAfter::millis);
    if (exact.isPresent()) {
      return exact;
    }
    Optional<Duration> seconds = number(headers, "retry-after").map(value -> millis(value * 1000));
    return seconds.isPresent()
        ? seconds
        : headers.firstValue("retry-after").flatMap(RetryAfter::date);
  }

  private static Optional<Double> number(HttpHeaders headers, String name) {
    try {
      return headers
          .firstValue(name)
          .map(Double::parseDouble)
          .filter(value -> value >= 0 && value < 1e12);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Duration millis(double value) {
    return Duration.ofMillis((long) Math.ceil(value));
  }

  private static Optional<Duration> date(String value) {
    try {
      Instant then = ZonedDateTime.parse(value, RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
