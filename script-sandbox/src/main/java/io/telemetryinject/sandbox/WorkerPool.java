package io.telemetryinject.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Worker processes, started when first needed, lent to one thread at a time. */
final class WorkerPool implements AutoCloseable {
  /** How long to wait for a worker that is busy before another is started, which costs more. */
  private static final long BUSY_MILLIS = 1500;

  private final WorkerLauncher launcher;
  private final Semaphore permits;
  private final BlockingDeque<Worker> idle = new LinkedBlockingDeque<>();
  private final Set<Worker> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  WorkerPool(WorkerOptions options) {
    this.launcher = new WorkerLauncher(options);
    this.permits = new Semaphore(options.settings().workers(), true);
  }

  /** Starts all workers that are not busy, side by side, and waits for them. */
  void start() {
    int count = permits.drainPermits();
    List<Worker> starting = new ArrayList<>();
    try {
      for (int i = idle.size(); i < count; i++) {
        starting.add(register(launcher.launch()));
      }
      for (Worker worker : starting) {
        worker.awaitReady();
        idle.push(worker);
      }
    } catch (SandboxUnavailableException e) {
      starting.stream().filter(worker -> !idle.contains(worker)).forEach(this::end);
      throw e;
    } finally {
      permits.release(count);
    }
  }

  /** A ready worker; to be given back or discarded. */
  Worker lend() throws InterruptedException {
    permits.acquire();
    boolean lent = false;
    try {
      Worker worker = idleOrNew();
      lent = true;
      return worker;
    } finally {
      if (!lent) {
        permits.release();
      }
    }
  }

  void giveBack(Worker worker) {
    idle.push(worker);
    if (closed) {
      worker.close();
    }
    permits.release();
  }

  /** For a worker that is lost or not to be trusted any more. */
  void discard(Worker worker) {
    end(worker);
    permits.release();
  }

  /** Process ids of the workers, idle or busy. */
  List<Long> pids() {
    return all.stream().map(Worker::pid).toList();
  }

  int idle() {
    return idle.size();
  }

  private Worker idleOrNew() throws InterruptedException {
    for (Worker worker = takeIdle(); worker != null; worker = takeIdle()) {
      if (worker.isAlive()) {
        return worker;
      }
      end(worker);
    }
    if (closed) {
      throw new IllegalStateException("the sandbox is closed");
    }
    Worker worker = register(launcher.launch());
    try {
      worker.awaitReady();
    } catch (SandboxUnavailableException e) {
      end(worker);
      throw e;
    }
    return worker;
  }

  private @Nullable Worker takeIdle() throws InterruptedException {
    return all.isEmpty() ? null : idle.poll(BUSY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Worker register(Worker worker) {
    all.add(worker);
    if (closed) {
      worker.close();
    }
    return worker;
  }

  private void end(Worker worker) {
    all.remove(worker);
    worker.close();
  }

  @Override
  public void close() {
    closed = true;
    all.forEach(Worker::close);
    launcher.close();
  }
}
