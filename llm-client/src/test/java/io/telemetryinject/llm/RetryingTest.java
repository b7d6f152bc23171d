package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingTest {
  private final VirtualTime time = new VirtualTime();
  private final Doors doors = new Doors();

  private Reply ask(int most, Attempt... attempts) throws InterruptedException {
    Iterator<Attempt> next = List.of(attempts).iterator();
    return new Retrying((prompt, account) -> next.next(), most, time, doors, new Random(1))
        .ask(Fixture.prompt(), Fixture.ACCOUNT);
  }

  @Test
  void addsUpWhatAllTriesTook() throws Exception {
    Attempt charged = new Attempt.Failed(new Usage(1, 50, 60, 70), "cut");

    Reply reply = ask(5, charged, Fixture.complete("ok", 5));

    assertThat(reply.usage()).isEqualTo(new Usage(2, 60, 70, 75));
    assertThat(reply.text()).isEqualTo("ok");
  }

  @Test
  void waitsLongerEachTimeButNeverTooLong() throws Exception {
    Attempt[] attempts = new Attempt[12];
    Arrays.fill(attempts, Fixture.failed());

    Reply reply = ask(12, attempts);

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(time.passed()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(185));
  }

  @Test
  void triesOnceWhenThatIsAll() throws Exception {
    assertThat(ask(1, Fixture.failed()).detail()).isEqualTo("it broke");
    assertThat(time.passed()).isZero();
  }

  @Test
  void doesNotCountThrottlingAsFailure() throws Exception {
    Attempt slow = Fixture.throttled(Duration.ofSeconds(1));

    assertThat(ask(1, slow, slow, slow, Fixture.complete("ok", 1)).ending())
        .isEqualTo(Ending.COMPLETE);
  }

  @Test
  void showsSizesOnlyOfPromptsAndReplies() throws Exception {
    Reply reply = ask(1, Fixture.complete("secret source", 1));

    assertThat(reply.toString()).doesNotContain("secret source");
    assertThat(Fixture.prompt().toString()).doesNotContain("def f");
  }
}
