package io.telemetryinject.llm;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Stops asking a model that fails again and again, and tries it now and then. */
final class Breaking implements Attempts {
  private static final int REMEMBERED = 20;
  private static final int ENOUGH = 10;
  private static final int TRIALS = 3;
  private static final Duration OPEN = Duration.ofSeconds(30);

  private final Attempts inner;
  private final CircuitBreaker breaker;

  Breaking(Attempts inner, ModelName name, Clock clock, ModelMeters meters) {
    this.inner = inner;
    this.breaker =
        CircuitBreaker.of(
            name.word(),
            CircuitBreakerConfig.custom()
                .slidingWindow(REMEMBERED, ENOUGH, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .clock(clock)
                .build());
    meters.watchBreaker(breaker, Breaking::state);
  }

  @Override
  public Attempt once(Prompt prompt, Account account) throws InterruptedException {
    if (!breaker.tryAcquirePermission()) {
      return Attempt.uncalled(
          Ending.UNAVAILABLE,
          "calls to %s kept failing, so it is left alone for %d s at a time"
              .formatted(breaker.getName(), OPEN.toSeconds()));
    }
    boolean recorded = false;
    try {
      Attempt attempt = inner.once(prompt, account);
      recorded = record(attempt);
      return attempt;
    } finally {
      if (!recorded) {
        breaker.releasePermission();
      }
    }
  }

  /** Throttling is for the pace to deal with; what made no call says nothing. */
  private boolean record(Attempt attempt) {
    return attempt.fold(
        answered -> {
          if (answered.usage().calls() == 0) {
            return false;
          }
          breaker.onSuccess(0, TimeUnit.NANOSECONDS);
          return true;
        },
        throttled -> false,
        failed -> {
          breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(failed.detail()));
          return true;
        });
  }

  /** 0 closed, 1 half open, 2 open. */
  private static int state(CircuitBreaker breaker) {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> 0;
      case HALF_OPEN -> 1;
      case OPEN, FORCED_OPEN -> 2;
    };
  }
}
