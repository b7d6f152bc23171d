package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.4S, 0s",
    "PT59S, 59s",
    "PT8H, 8h",
    "PT90S, 1m 30s",
    "PT26H3M, 1d 2h",
    "PT1H0M5S, 1h"
  })
  void saysTheTwoLargestUnits(Duration span, String words) {
    assertThat(Spans.words(span)).isEqualTo(words);
  }
}
