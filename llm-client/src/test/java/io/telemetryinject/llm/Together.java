package io.telemetryinject.llm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same on many threads at once. */
final class Together implements AutoCloseable {
  private final ExecutorService threads;

  Together(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  <T> List<T> run(int times, Callable<T> task) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> future : threads.invokeAll(Collections.nCopies(times, task))) {
      results.add(future.get());
    }
    return results;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
