package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenWindowTest {
  private static final long SECOND = 1_000_000_000L;

  private final TokenWindow window = new TokenWindow(1000, FleetShare.alone());

  @Test
  void waitsUntilTheOldestLeavesTheWindow() {
    window.add(0, 500);
    window.add(10 * SECOND, 400);

    assertThat(window.nanosToWait(20 * SECOND, 50)).isZero();
    assertThat(window.nanosToWait(20 * SECOND, 100)).isEqualTo(40 * SECOND);
    assertThat(window.nanosToWait(60 * SECOND, 100)).isZero();
  }

  @Test
  void countsWhatACallDidTakeFromItsEndOn() {
    TokenWindow.Entry entry = window.add(0, 900);

    window.correct(entry, 5 * SECOND, 100);

    assertThat(window.nanosToWait(6 * SECOND, 800)).isZero();
    assertThat(window.nanosToWait(6 * SECOND, 900)).isEqualTo(59 * SECOND);
  }

  @Test
  void letsACallThatIsLargerThanTheLimitGoAlone() {
    assertThat(window.nanosToWait(0, 5000)).isZero();
    window.add(0, 1);
    assertThat(window.nanosToWait(0, 5000)).isPositive();
  }

  @Test
  void dividesTheLimitAmongAFleet() {
    TokenWindow quarter = new TokenWindow(1000, () -> 0.25);
    quarter.add(0, 200);

    assertThat(quarter.nanosToWait(0, 37)).isZero();
    assertThat(quarter.nanosToWait(0, 38)).isPositive();
  }

  @Test
  void neverWaitsWithoutALimit() {
    TokenWindow none = new TokenWindow(0, FleetShare.alone());
    none.add(0, 1_000_000);

    assertThat(none.nanosToWait(0, 1_000_000)).isZero();
  }
}
