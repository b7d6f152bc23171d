package io.telemetryinject.kubernetes;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for a run's end, and tells what it does meanwhile. */
public final class RunWatch {
  private final RunList runs;
  private final LogSource logs;
  private final Duration pause;

  /**
   * @param pause between two questions to the cluster
   */
  public RunWatch(Cluster cluster, Duration pause) {
    this.runs = new RunList(cluster);
    this.logs = new LogSource(cluster);
    this.pause = pause;
  }

  /**
   * Waits until the run is over, with the newest line of its log from time to time.
   *
   * @return how it ended; empty when its Job was removed before that was seen
   * @throws RunProblem when the cluster does not tell any more
   */
  public Optional<RunStatus> await(String name, RunObserver observer)
      throws RunProblem, InterruptedException {
    Patience patience = new Patience(pause, observer);
    @Nullable String told = null;
    @Nullable String line = null;
    while (true) {
      Optional<Optional<RunSnapshot>> answer = patience.ask(() -> runs.snapshot(name));
      if (answer.isPresent()) {
        if (answer.get().isEmpty()) {
          return Optional.empty();
        }
        RunSnapshot run = answer.get().get();
        if (!run.status().state().equals(told)) {
          told = run.status().state();
          observer.changed(run.status());
        }
        if (run.status().phase().over()) {
          return Optional.of(run.status());
        }
        Optional<String> newest =
            run.attempts().newest().filter(Attempts::isRunning).flatMap(logs::lastLine);
        if (newest.isPresent() && !newest.get().equals(line)) {
          line = newest.get();
          observer.line(line);
        }
      }
      patience.pause();
    }
  }
}
