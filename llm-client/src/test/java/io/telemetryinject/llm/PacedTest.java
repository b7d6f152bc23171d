package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PacedTest {
  private final VirtualTime time = new VirtualTime();
  private final Doors doors = new Doors();

  /** From a call's permission until its request goes out. */
  private Duration delay = Duration.ZERO;

  private Paced paced(Attempts inner, ModelLimits limits, FleetShare share) {
    Pace pace = new Pace(limits.requestsPerMinute(), share, time.nanos());
    TokenWindow tokens = new TokenWindow(limits.tokensPerMinute(), share);
    Turn turn = new Turn(pace, time);
    Attempts sending =
        (prompt, account) -> {
          time.pass(delay);
          turn.sending();
          return inner.once(prompt, account);
        };
    return new Paced(sending, pace, turn, tokens, time, doors, Fixture.meters());
  }

  private Attempt once(Attempts attempts) throws InterruptedException {
    return attempts.once(Fixture.prompt(), Fixture.ACCOUNT);
  }

  @Test
  void spacesCallsOfManyThreads() throws Exception {
    List<Duration> starts = new CopyOnWriteArrayList<>();
    Paced paced =
        paced(
            (prompt, account) -> {
              starts.add(time.passed());
              return Fixture.complete("ok", 1);
            },
            new ModelLimits(60, 0, 8),
            FleetShare.alone());

    try (Together together = new Together(8)) {
      together.run(20, () -> once(paced));
    }

    assertThat(starts).hasSize(20);
    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofMillis(19 * 1052));
  }

  @Test
  void countsSpaceFromWhenARequestGoesOut() throws Exception {
    List<Duration> sent = new CopyOnWriteArrayList<>();
    Paced paced =
        paced(
            (prompt, account) -> {
              sent.add(time.passed());
              return Fixture.complete("ok", 1);
            },
            new ModelLimits(60, 0, 8),
            FleetShare.alone());

    delay = Duration.ofSeconds(5);
    once(paced);
    delay = Duration.ZERO;
    once(paced);

    assertThat(sent.get(1).minus(sent.get(0))).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void makesEveryoneWaitAfterOneWasThrottled() throws Exception {
    Iterator<Attempt> attempts =
        List.of(Fixture.throttled(Duration.ofSeconds(20)), Fixture.complete("ok", 1)).iterator();
    Paced paced =
        paced((prompt, account) -> attempts.next(), new ModelLimits(0, 0, 8), FleetShare.alone());

    once(paced);
    assertThat(time.passed()).isZero();
    once(paced);
    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void doesNotSleepForAnHourBecauseAProviderSaysSo() throws Exception {
    Paced paced =
        paced(
            (prompt, account) -> Fixture.throttled(Duration.ofHours(1)),
            new ModelLimits(0, 0, 8),
            FleetShare.alone());

    once(paced);
    Attempt second = once(paced);

    assertThat(second).isInstanceOf(Attempt.Answered.class);
    assertThat(((Attempt.Answered) second).reply().ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(time.passed()).isZero();
  }

  @Test
  void waitsForRoomForTokens() throws Exception {
    Paced paced =
        paced(
            (prompt, account) -> Fixture.complete("ok", 1),
            new ModelLimits(0, 150, 8),
            FleetShare.alone());

    once(paced);
    once(paced);

    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void stopsWaitingWhenClosed() throws Exception {
    Paced paced =
        paced(
            (prompt, account) -> Fixture.complete("ok", 1),
            new ModelLimits(0, 0, 8),
            () -> {
              if (time.passed().toSeconds() > 100) {
                doors.close();
              }
              return 0;
            });

    assertThat(once(paced)).isEqualTo(Doors.END);
  }

  @Test
  void isInterruptedWhileItWaits() {
    Paced paced = paced((prompt, account) -> Fixture.failed(), new ModelLimits(0, 0, 8), () -> 0);

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> once(paced)).isInstanceOf(InterruptedException.class);
  }
}
