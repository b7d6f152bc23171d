package io.telemetryinject.llm;

import java.util.NavigableSet;
import java.util.TreeSet;

/** Calls that hold a reservation or ask for one, numbered as they started. */
final class Flights {
  private final NavigableSet<Long> current = new TreeSet<>();
  private long latest;
  private long settled;

  synchronized long start() {
    current.add(++latest);
    return latest;
  }

  synchronized void settle(long flight) {
    current.remove(flight);
    settled++;
    notifyAll();
  }

  /** It was refused after all. */
  synchronized void giveUp(long flight) {
    current.remove(flight);
    notifyAll();
  }

  /** How many have settled so far. */
  synchronized long settled() {
    return settled;
  }

  /** The number of the one that started last. */
  synchronized long latest() {
    return latest;
  }

  synchronized boolean anyUpTo(long flight) {
    return !current.isEmpty() && current.first() <= flight;
  }

  /** False when no call up to that one is left and none has settled since. */
  synchronized boolean awaitSettlementSince(long seen, long flight) throws InterruptedException {
    while (settled == seen && anyUpTo(flight)) {
      wait();
    }
    return settled != seen;
  }
}
