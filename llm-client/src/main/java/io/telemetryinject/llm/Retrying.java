package io.telemetryinject.llm;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Tries again what may pass, with growing pauses, and adds up what all tries took. */
final class Retrying {
  private static final int MOST_THROTTLES = 10;
  private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

  private final Attempts inner;
  private final int most;
  private final Ticker ticker;
  private final Doors doors;
  private final RandomGenerator random;

  Retrying(Attempts inner, int most, Ticker ticker, Doors doors, RandomGenerator random) {
    this.inner = inner;
    this.most = most;
    this.ticker = ticker;
    this.doors = doors;
    this.random = random;
  }

  Reply ask(Prompt prompt, Account account) throws InterruptedException {
    Usage total = Usage.none();
    int failures = 0;
    int throttles = 0;
    while (true) {
      Attempt attempt = inner.once(prompt, account);
      total = total.plus(attempt.usage());
      if (attempt instanceof Attempt.Answered answered) {
        return answered.reply().withUsage(total);
      }
      if (attempt instanceof Attempt.Throttled throttled) {
        throttles++;
        if (throttles == MOST_THROTTLES) {
          return unavailable(total, throttled.detail(), throttles);
        }
      } else if (attempt instanceof Attempt.Failed failed) {
        failures++;
        if (failures == most || doors.closed()) {
          return unavailable(total, failed.detail(), failures);
        }
        ticker.sleep(pause(failures));
      }
    }
  }

  /** Half of it at random, so that those who failed together do not return together. */
  private long pause(int failures) {
    long full = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures - 1, 10));
    return full / 2 + (long) (random.nextDouble() * full / 2);
  }

  private static Reply unavailable(Usage usage, String detail, int tries) {
    String times = tries == 1 ? "" : ", " + tries + " times";
    return new Reply(Ending.UNAVAILABLE, "", usage, detail + times);
  }
}
