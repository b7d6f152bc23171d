package io.telemetryinject.llm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes only when somebody sleeps. */
final class VirtualTime extends Clock implements Ticker {
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public void sleep(long duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pass(Duration.ofNanos(duration));
  }

  synchronized void pass(Duration duration) {
    nanos += duration.toNanos();
  }

  Duration passed() {
    return Duration.ofNanos(nanos());
  }

  @Override
  public Instant instant() {
    return Instant.parse("2026-11-22T12:00:00Z").plusNanos(nanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
