package io.telemetryinject.coordinator.messaging;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.FileRef;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps about a second of a run's work in the topics and no more, so that whoever comes next, be it
 * a run of a hundred functions, waits behind that and not behind a whole monorepo.
 *
 * <p>How much a second holds is found by trying: now and then one file is timed from sending to its
 * first outcome. Functions that wait for a new script do not count against the others: where no
 * outcome comes in, more is let through.
 */
final class FairWindow {
  static final int LEAST = 256;
  static final long QUIET_NANOS = 250_000_000L;
  static final long AIM_NANOS = 1_000_000_000L;
  private static final int MOST = 1 << 17;
  private static final long LOOK_MILLIS = 10;

  private final IntSupplier underWay;
  private final LongSupplier clock;
  private int limit = LEAST;
  private long lastMove;
  private @Nullable String probed;
  private long probeSent;

  /**
   * @param underWay how many functions of the run have been sent and have no outcome
   * @param clock nanoseconds
   */
  FairWindow(IntSupplier underWay, LongSupplier clock) {
    this.underWay = requireNonNull(underWay, "underWay is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.lastMove = clock.getAsLong();
  }

  /** Waits until another file may be sent. */
  synchronized void awaitRoom() throws InterruptedException {
    while (!hasRoom()) {
      wait(LOOK_MILLIS);
    }
  }

  /** Whether another file may be sent. */
  synchronized boolean hasRoom() {
    int waiting = underWay.getAsInt();
    long now = clock.getAsLong();
    if (waiting >= limit && now - lastMove >= QUIET_NANOS) {
      limit = waiting + Math.max(LEAST, waiting / 4);
      lastMove = now;
    }
    return waiting < limit;
  }

  /** A file's functions go out. */
  synchronized void sending(FileRef file) {
    if (probed == null) {
      probed = file.id();
      probeSent = clock.getAsLong();
    }
  }

  /** Outcomes of functions of a file came in. */
  synchronized void decided(FileRef file) {
    lastMove = clock.getAsLong();
    if (file.id().equals(probed)) {
      adjust(lastMove - probeSent);
      probed = null;
    }
    notifyAll();
  }

  private void adjust(long nanos) {
    if (nanos < AIM_NANOS / 2) {
      limit = bounded(2L * limit);
    } else if (nanos > AIM_NANOS + AIM_NANOS / 2) {
      limit = bounded(limit * AIM_NANOS / nanos);
    }
  }

  private static int bounded(long functions) {
    return (int) Math.max(LEAST, Math.min(MOST, functions));
  }
}
