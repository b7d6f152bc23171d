package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.assemble.CompletedFile;
import io.telemetryinject.coordinator.split.PlannedFile;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which functions of which files still wait for their outcome. Takes records in any order and any
 * number of times; what belongs to another run, another file or nothing at all is passed over.
 */
public final class RunLedger {
  private final RunId run;
  private final Map<String, OpenFile> open = new ConcurrentHashMap<>();
  private Effort effort = Effort.none();
  private final AtomicInteger waiting = new AtomicInteger();
  private int cacheHits;

  /** A file some of whose functions have no outcome yet; guarded by itself. */
  private static final class OpenFile {
    final Path path;
    final FileRef file;
    final Set<Integer> waiting = new HashSet<>();
    final Map<Integer, Outcome> outcomes = new HashMap<>();
    volatile long published = System.nanoTime();

    OpenFile(PlannedFile planned) {
      path = planned.path();
      file = planned.file();
      for (FunctionTaskBatch batch : planned.batches()) {
        for (FunctionTask task : batch.tasks()) {
          waiting.add(task.start());
        }
      }
    }
  }

  /**
   * What a record of outcomes brought about.
   *
   * @param passage since tasks of its file were last sent out; nothing when it decided nothing
   */
  public record Progress(int decided, Optional<CompletedFile> completed, Duration passage) {
    static final Progress NONE = new Progress(0, Optional.empty(), Duration.ZERO);
  }

  RunLedger(RunId run) {
    this.run = run;
  }

  public RunId run() {
    return run;
  }

  /** Expects the outcomes of a file's tasks. */
  void expect(PlannedFile planned) {
    OpenFile file = new OpenFile(planned);
    waiting.addAndGet(file.waiting.size());
    open.put(planned.file().id(), file);
  }

  /** Notes that tasks of a file are on their way. */
  void published(FileRef file) {
    OpenFile found = open.get(file.id());
    if (found != null) {
      found.published = System.nanoTime();
    }
  }

  /** Takes outcomes in; the first for a function counts. */
  public Progress accept(OutcomeBatch batch) {
    OpenFile file = open.get(batch.file().id());
    if (!batch.run().equals(run) || file == null || !file.file.equals(batch.file())) {
      return Progress.NONE;
    }
    int decided = 0;
    int hits = 0;
    synchronized (file) {
      for (FunctionOutcome outcome : batch.outcomes()) {
        if (file.waiting.remove(outcome.start())) {
          file.outcomes.put(outcome.start(), outcome.outcome());
          decided++;
          hits += outcome.cached() ? 1 : 0;
        }
      }
      if (decided > 0) {
        waiting.addAndGet(-decided);
        count(batch.effort(), hits);
      }
      if (decided == 0) {
        return Progress.NONE;
      }
      Duration passage = Duration.ofNanos(System.nanoTime() - file.published);
      return new Progress(
          decided, file.waiting.isEmpty() ? Optional.of(close(file)) : Optional.empty(), passage);
    }
  }

  /** How many functions still wait for their outcomes. */
  public int waiting() {
    return waiting.get();
  }

  /** Whether a file still waits for outcomes. */
  public boolean isOpen(FileRef file) {
    return open.containsKey(file.id());
  }

  /** Files that still wait, as their relative paths. */
  List<Path> openFiles() {
    List<Path> paths = new ArrayList<>();
    open.values().forEach(file -> paths.add(file.path));
    return paths;
  }

  /** Gives up waiting: what has no outcome yet is lost. */
  List<CompletedFile> giveUp() {
    List<CompletedFile> completed = new ArrayList<>();
    for (OpenFile file : List.copyOf(open.values())) {
      synchronized (file) {
        if (file.waiting.isEmpty()) {
          continue; // its last outcome came meanwhile
        }
        for (int start : file.waiting) {
          file.outcomes.put(start, new Outcome.Failed(ErrorCode.LOST, "no outcome came back"));
        }
        waiting.addAndGet(-file.waiting.size());
        file.waiting.clear();
        completed.add(close(file));
      }
    }
    return completed;
  }

  /** Work done for this run, as far as outcomes told. */
  public synchronized Effort effort() {
    return effort;
  }

  /** Functions whose script was in the cache. */
  public synchronized int cacheHits() {
    return cacheHits;
  }

  private synchronized void count(Effort more, int hits) {
    effort = effort.plus(more);
    cacheHits += hits;
  }

  private CompletedFile close(OpenFile file) {
    open.remove(file.file.id());
    return new CompletedFile(file.path, file.file, file.outcomes);
  }
}
