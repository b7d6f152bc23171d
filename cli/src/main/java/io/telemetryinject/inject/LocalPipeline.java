package io.telemetryinject.inject;

import io.telemetryinject.analyzer.Analysis;
import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.coordinator.TaskPublisher;
import io.telemetryinject.executor.ExecutionResult;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.ScriptRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries tasks from stage to stage in memory: what topics and consumer groups do between
 * processes. The poll's size adapts by itself, since a busy executor finds more waiting.
 */
final class LocalPipeline implements TaskPublisher, AutoCloseable {
  private static final int POLL_FUNCTIONS = 512;
  private static final int FUNCTIONS_UNDER_WAY = 16_384;

  private final Engine engine;
  private final RunCoordinator coordinator;
  private final BlockingQueue<ExecutionBatch> executions = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(FUNCTIONS_UNDER_WAY);
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Throwable problem;
  private volatile boolean closed;

  LocalPipeline(Engine engine, RunCoordinator coordinator) {
    this.engine = engine;
    this.coordinator = coordinator;
    for (int i = 0; i < engine.workers(); i++) {
      Thread thread = new Thread(this::work, "executor-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  @Override
  public void publish(FunctionTaskBatch batch) throws IOException, InterruptedException {
    int permits = Math.min(batch.tasks().size(), FUNCTIONS_UNDER_WAY);
    while (!room.tryAcquire(permits, 100, TimeUnit.MILLISECONDS)) {
      check();
    }
    check();
    Analysis analysis = engine.analyzer().analyze(batch);
    analysis.hits().ifPresent(executions::add);
    analysis.misses().forEach(this::request);
    analysis.refused().ifPresent(this::finish);
  }

  private void request(ScriptRequest request) {
    engine
        .requests()
        .submit(request)
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                problem = failure;
              } else {
                result.<@Nullable Void>fold(
                    forwarded -> {
                      executions.add(forwarded.executions());
                      return null;
                    },
                    decided -> {
                      finish(decided.outcomes());
                      return null;
                    });
              }
            });
  }

  private void finish(OutcomeBatch outcomes) {
    coordinator.accept(outcomes);
    room.release(outcomes.outcomes().size());
  }

  private void work() {
    while (!closed && problem == null) {
      try {
        ExecutionBatch first = executions.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          ExecutionResult result = engine.executor().executeAll(poll(first));
          result.outcomes().forEach(this::finish);
          result.sentBack().forEach(this::request);
        }
      } catch (IOException | RuntimeException e) {
        problem = e;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private List<ExecutionBatch> poll(ExecutionBatch first) {
    List<ExecutionBatch> batches = new ArrayList<>();
    int functions = 0;
    for (ExecutionBatch next = first; next != null; next = executions.poll()) {
      batches.add(next);
      functions += next.executions().size();
      if (functions >= POLL_FUNCTIONS) {
        break;
      }
    }
    return batches;
  }

  /** Throws what stopped the pipeline, if something did. */
  @Override
  public void check() throws IOException {
    Throwable current = problem;
    if (current instanceof IOException failure) {
      throw failure;
    }
    if (current instanceof RuntimeException failure) {
      throw failure;
    }
    if (current != null) {
      throw new IOException(current.getMessage(), current);
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
