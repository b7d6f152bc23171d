package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BreakingTest {
  private final VirtualTime time = new VirtualTime();
  private final AtomicReference<Attempt> next = new AtomicReference<>(Fixture.failed());
  private final AtomicInteger calls = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Breaking breaking =
      new Breaking(
          (prompt, account) -> {
            calls.incrementAndGet();
            return next.get();
          },
          Fixture.MODEL,
          time,
          new ModelMeters(meters, Fixture.MODEL));

  private Attempt once() throws InterruptedException {
    return breaking.once(Fixture.prompt(), Fixture.ACCOUNT);
  }

  private double state() {
    return meters.get("telemetry.inject.llm.breaker.state").gauge().value();
  }

  private void breakIt() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      once();
    }
  }

  @Test
  void leavesAModelAloneThatKeepsFailing() throws Exception {
    breakIt();

    Attempt.Answered refused = (Attempt.Answered) once();

    assertThat(refused.reply().ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(refused.reply().detail()).contains("openai:gpt-4.1-mini", "30 s");
    assertThat(calls.get()).isEqualTo(10);
    assertThat(state()).isEqualTo(2);
  }

  @Test
  void comesBackWhenTrialsSucceed() throws Exception {
    breakIt();
    next.set(Fixture.complete("ok", 1));
    time.pass(Duration.ofSeconds(31));

    once();
    assertThat(state()).isEqualTo(1);
    once();
    once();

    assertThat(state()).isZero();
  }

  @Test
  void staysAwayWhenTrialsFail() throws Exception {
    breakIt();
    time.pass(Duration.ofSeconds(31));

    once();
    once();
    once();
    once();

    assertThat(calls.get()).isEqualTo(13);
    assertThat(state()).isEqualTo(2);
  }

  @Test
  void doesNotTakeThrottlingForFailure() throws Exception {
    next.set(Fixture.throttled(Duration.ZERO));

    breakIt();
    breakIt();

    assertThat(calls.get()).isEqualTo(20);
    assertThat(state()).isZero();
  }
}
