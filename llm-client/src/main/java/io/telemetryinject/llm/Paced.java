package io.telemetryinject.llm;

import java.time.Duration;
import java.util.Optional;

/** Makes calls wait, in their order, until requests and tokens a minute and the provider allow. */
final class Paced implements Attempts {
  /** How long to sleep at most before looking whether the share has changed. */
  private static final long LOOK = Duration.ofSeconds(1).toNanos();

  /** A provider that wants no calls for longer than this is unavailable. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Attempts inner;
  private final Pace pace;
  private final TokenWindow tokens;
  private final Ticker ticker;
  private final Doors doors;
  private final ModelMeters meters;
  private final Turn turn;

  Paced(
      Attempts inner,
      Pace pace,
      Turn turn,
      TokenWindow tokens,
      Ticker ticker,
      Doors doors,
      ModelMeters meters) {
    this.inner = inner;
    this.pace = pace;
    this.turn = turn;
    this.tokens = tokens;
    this.ticker = ticker;
    this.doors = doors;
    this.meters = meters;
  }

  @Override
  public Attempt once(Prompt prompt, Account account) throws InterruptedException {
    long expected = Tokens.expectedInput(prompt) + prompt.maxOutputTokens();
    turn.take();
    try {
      Optional<Attempt> end = awaitSlot(expected);
      if (end.isPresent()) {
        return end.get();
      }
      long started = ticker.nanos();
      TokenWindow.Entry entry = tokens.add(started, expected);
      Attempt attempt = inner.once(prompt, account);
      meters.called(ticker.nanos() - started, attempt);
      learn(attempt, entry, started);
      return attempt;
    } finally {
      turn.end();
    }
  }

  private Optional<Attempt> awaitSlot(long expected) throws InterruptedException {
    long waited = 0;
    try {
      while (true) {
        long now = ticker.nanos();
        if (doors.closed()) {
          return Optional.of(Doors.END);
        }
        if (pace.nanosBlocked(now) > PATIENCE.toNanos()) {
          return Optional.of(tooLong(pace.nanosBlocked(now)));
        }
        long wait = tokens.nanosToWait(now, expected);
        if (wait == 0) {
          wait = pace.take(now);
        }
        if (wait == 0) {
          return Optional.empty();
        }
        ticker.sleep(Math.min(wait, LOOK));
        waited += ticker.nanos() - now;
      }
    } finally {
      meters.waited(waited);
    }
  }

  private void learn(Attempt attempt, TokenWindow.Entry entry, long started) {
    long now = ticker.nanos();
    if (attempt instanceof Attempt.Throttled throttled) {
      pace.throttled(started, now, throttled.retryAfter());
    } else if (attempt instanceof Attempt.Answered answered) {
      pace.answered();
      Usage usage = answered.usage();
      tokens.correct(entry, now, usage.inputTokens() + usage.outputTokens());
    }
  }

  private static Attempt tooLong(long nanos) {
    return Attempt.uncalled(
        Ending.UNAVAILABLE,
        "the provider wants no calls for another "
            + Duration.ofNanos(nanos).toMinutes()
            + " minutes; try again then");
  }
}
