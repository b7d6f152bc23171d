package io.telemetryinject.llm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets only so many calls go on at a time: this process's part of the limit, at least one. */
final class Concurrent implements Attempts {
  /** How long to wait at most before looking whether the share has changed. */
  private static final long LOOK_MILLIS = 1000;

  private final Attempts inner;
  private final int limit;
  private final FleetShare share;
  private final Doors doors;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();
  private int current;

  Concurrent(Attempts inner, int limit, FleetShare share, Doors doors, ModelMeters meters) {
    this.inner = inner;
    this.limit = limit;
    this.share = share;
    this.doors = doors;
    meters.watchConcurrentCalls(this, Concurrent::current);
  }

  @Override
  public Attempt once(Prompt prompt, Account account) throws InterruptedException {
    if (!enter()) {
      return Doors.END;
    }
    try {
      return inner.once(prompt, account);
    } finally {
      leave();
    }
  }

  private boolean enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (current >= allowed() && !doors.closed()) {
        freed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (doors.closed()) {
        return false;
      }
      current++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      current--;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }

  private int allowed() {
    return Math.max(1, (int) Math.floor(limit * Math.min(1, share.share()) + 1e-9));
  }

  private int current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }
}
