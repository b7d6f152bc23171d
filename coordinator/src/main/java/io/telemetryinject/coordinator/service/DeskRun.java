package io.telemetryinject.coordinator.service;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.coordinator.status.RunWatch;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A run that this service carries out, or will. */
final class DeskRun {
  private final RunOrder order;
  private final RunWatch watch;
  private final String output;
  private @Nullable Thread worker;
  private boolean stopped;
  private boolean cancelled;

  /**
   * @param output the canonical name of where the result goes
   */
  DeskRun(RunOrder order, RunWatch watch, String output) {
    this.order = requireNonNull(order, "order is null");
    this.watch = requireNonNull(watch, "watch is null");
    this.output = requireNonNull(output, "output is null");
  }

  RunOrder order() {
    return order;
  }

  RunWatch watch() {
    return watch;
  }

  String output() {
    return output;
  }

  /** Whether this thread may begin; not if the run was stopped while it waited. */
  synchronized boolean begin() {
    if (!stopped) {
      worker = Thread.currentThread();
    }
    return !stopped;
  }

  /** The thread has nothing more to do with the run, and is not interrupted for its sake. */
  synchronized void end() {
    worker = null;
    Thread.interrupted();
  }

  /**
   * Has the run end soon; for good, if it is cancelled.
   *
   * @return whether a thread is at it, which will notice
   */
  synchronized boolean stop(boolean cancel) {
    stopped = true;
    cancelled |= cancel;
    if (worker != null) {
      worker.interrupt();
    }
    return worker != null;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Ends the run also where an interruption was swallowed, e.g. by a transfer. */
  RunListener brake() {
    return new RunListener() {
      @Override
      public void listed(int sourceFiles) {
        check();
      }

      @Override
      public void planned(int functions, int tasks) {
        check();
      }

      @Override
      public void waiting(Duration idle) {
        check();
      }
    };
  }

  private void check() {
    if (isStopped()) {
      throw new CancellationException("the run was stopped");
    }
  }
}
