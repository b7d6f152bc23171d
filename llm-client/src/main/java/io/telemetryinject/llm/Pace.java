package io.telemetryinject.llm;

import java.time.Duration;
import java.util.Optional;

/**
 * Spaces calls evenly, so that no 60 seconds see more of them than the limit's part of this
 * process, however a provider cuts its minutes; halves the rate at a 429 and lets it grow back
 * slowly.
 *
 * <p>Part of one call's credit accrues with time; a call takes a whole one, and no more than one is
 * kept. At n calls a minute the space is 1/0.95 of 60/n seconds, which leaves room for calls that
 * arrive late. A part of the limit is rounded down to whole calls, so that parts add up to at most
 * the limit in any window.
 */
final class Pace {
  static final double HEADROOM = 0.95;

  /** What a halved rate is a half of where there is no limit. */
  private static final double NOTIONAL_LIMIT = 600;

  private static final double LEAST = 1.0 / 16;
  private static final double RECOVERED_PER_MINUTE = 0.1;
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final double ROUNDING = 1e-9;

  private final int requestsPerMinute;
  private final FleetShare share;
  private double credit;
  private double factor = 1;
  private long updated;
  private long blockedUntil;
  private long halved;
  private int throttles;

  /** Starts with its share of one call, so that a fleet that starts together starts with one. */
  Pace(int requestsPerMinute, FleetShare share, long now) {
    this.requestsPerMinute = requestsPerMinute;
    this.share = share;
    this.credit = Math.min(1, share.share());
    this.updated = now;
    this.blockedUntil = now;
    this.halved = now - 1;
  }

  /** How long a provider wants no calls yet. */
  synchronized long nanosBlocked(long now) {
    return Math.max(0, blockedUntil - now);
  }

  /** 0 when a call may start now, which takes its credit; else how long until one may. */
  synchronized long take(long now) {
    double perNano = update(now);
    if (nanosBlocked(now) > 0) {
      return nanosBlocked(now);
    }
    if (perNano == 0) {
      return Long.MAX_VALUE;
    }
    if (Double.isInfinite(perNano) || credit >= 1 - ROUNDING) {
      credit = Math.max(0, credit - 1);
      return 0;
    }
    return (long) Math.ceil((1 - credit) / perNano);
  }

  /** The request that took its credit goes out only now: no credit is left from before. */
  synchronized void sent(long now) {
    update(now);
    credit = 0;
  }

  /**
   * A call that started then was told to slow down: everyone waits, and the rate is halved once.
   */
  synchronized void throttled(long started, long now, Optional<Duration> retryAfter) {
    update(now);
    throttles = Math.min(throttles + 1, 6);
    Duration wait = retryAfter.orElseGet(() -> Duration.ofSeconds(1L << throttles));
    blockedUntil = Math.max(blockedUntil, now + wait.toNanos());
    if (started - halved > 0) {
      factor = Math.max(LEAST, factor / 2);
      halved = now;
      credit = 0;
    }
  }

  synchronized void answered() {
    throttles = 0;
  }

  /** From 1/16 to 1: what is left of the rate after throttling. */
  synchronized double factor(long now) {
    update(now);
    return factor;
  }

  private double update(long now) {
    long elapsed = Math.max(0, now - updated);
    updated = now;
    factor = Math.min(1, factor + RECOVERED_PER_MINUTE * elapsed / NANOS_PER_MINUTE);
    double perNano = perMinute() / NANOS_PER_MINUTE;
    credit = Double.isInfinite(perNano) ? 1 : Math.min(1, credit + elapsed * perNano);
    return perNano;
  }

  private double perMinute() {
    double part = share.share();
    if (part <= 0) {
      return 0;
    }
    if (requestsPerMinute == 0) {
      return factor < 1 ? NOTIONAL_LIMIT * part * factor : Double.POSITIVE_INFINITY;
    }
    double calls = requestsPerMinute * Math.min(1, part);
    double whole = calls < 1 ? calls : Math.floor(calls + ROUNDING);
    return HEADROOM * whole * factor;
  }
}
