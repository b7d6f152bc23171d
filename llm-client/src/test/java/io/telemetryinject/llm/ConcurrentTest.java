package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrentTest {
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);

  private Attempt call(Prompt prompt, Account account) throws InterruptedException {
    most.accumulateAndGet(current.incrementAndGet(), Math::max);
    gate.await();
    current.decrementAndGet();
    return Fixture.complete("ok", 1);
  }

  private Concurrent concurrent(int limit, FleetShare share, Doors doors) {
    return new Concurrent(this::call, limit, share, doors, Fixture.meters());
  }

  @Test
  void letsSoManyCallsGoOnAtATime() throws Exception {
    Concurrent concurrent = concurrent(8, () -> 0.5, new Doors());
    try (Together together = new Together(17)) {
      Thread opener =
          new Thread(
              () -> {
                await().until(() -> current.get() == 4);
                gate.countDown();
              });
      opener.start();

      together.run(16, () -> concurrent.once(Fixture.prompt(), Fixture.ACCOUNT));

      opener.join();
    }
    assertThat(most.get()).isEqualTo(4);
    assertThat(current.get()).isZero();
  }

  @Test
  void letsOneCallGoOnHoweverSmallTheShare() throws Exception {
    gate.countDown();

    Attempt attempt =
        concurrent(2, () -> 0.01, new Doors()).once(Fixture.prompt(), Fixture.ACCOUNT);

    assertThat(attempt.usage().calls()).isEqualTo(1);
  }

  @Test
  void takesNoCallsWhenClosed() throws Exception {
    Doors doors = new Doors();
    doors.close();

    assertThat(concurrent(2, FleetShare.alone(), doors).once(Fixture.prompt(), Fixture.ACCOUNT))
        .isEqualTo(Doors.END);
  }
}
