package io.telemetryinject.llm;

import java.util.concurrent.locks.ReentrantLock;

/**
 * One call at a time waits for its slot, in the order they came, and keeps the turn until its
 * request is on its way: what a provider counts is when requests arrive, not when they were
 * allowed.
 */
final class Turn {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Pace pace;
  private final Ticker ticker;

  Turn(Pace pace, Ticker ticker) {
    this.pace = pace;
    this.ticker = ticker;
  }

  void take() throws InterruptedException {
    lock.lockInterruptibly();
  }

  /** The request goes out now, on the thread that took the turn: space counts from here. */
  void sending() {
    if (lock.isHeldByCurrentThread()) {
      pace.sent(ticker.nanos());
      lock.unlock();
    }
  }

  /** Gives the turn to the next, had no request gone out. */
  void end() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
  }
}
