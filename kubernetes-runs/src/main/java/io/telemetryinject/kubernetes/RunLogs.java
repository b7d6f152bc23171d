package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows what a run's pods have logged, attempt after attempt, the newest last. */
public final class RunLogs {
  private final RunList runs;
  private final LogSource source;
  private final Duration pause;

  /**
   * @param pause between two questions to the cluster
   */
  public RunLogs(Cluster cluster, Duration pause) {
    this.runs = new RunList(cluster);
    this.source = new LogSource(cluster);
    this.pause = pause;
  }

  /**
   * Shows what there is.
   *
   * @return the run's status; empty when there is no such run
   * @throws RunProblem when the cluster does not tell
   */
  public Optional<RunStatus> show(String name, RunObserver observer) throws RunProblem {
    Optional<RunSnapshot> run = runs.snapshot(name);
    if (run.isPresent()) {
      int number = 0;
      for (Pod pod : run.get().attempts().pods()) {
        if (Attempts.hasLog(pod)) {
          observer.attempt(++number, pod.getMetadata().getName());
          rest(pod, new LogLines(observer::line), observer);
        }
      }
      observer.changed(run.get().status());
    }
    return run.map(RunSnapshot::status);
  }

  /**
   * Shows what there is and what comes, until the run is over.
   *
   * @return how it ended; empty when there is no such run, or none any more
   * @throws RunProblem when the cluster does not tell any more
   */
  public Optional<RunStatus> follow(String name, RunObserver observer)
      throws RunProblem, InterruptedException {
    Patience patience = new Patience(pause, observer);
    Set<String> shown = new HashSet<>();
    @Nullable String told = null;
    while (true) {
      Optional<Optional<RunSnapshot>> answer = patience.ask(() -> runs.snapshot(name));
      if (answer.isPresent()) {
        if (answer.get().isEmpty()) {
          return Optional.empty();
        }
        RunSnapshot run = answer.get().get();
        if (!run.status().phase().over() && !run.status().state().equals(told)) {
          told = run.status().state();
          observer.changed(run.status());
        }
        for (Pod pod : run.attempts().pods()) {
          if (Attempts.hasLog(pod) && shown.add(pod.getMetadata().getUid())) {
            observer.attempt(shown.size(), pod.getMetadata().getName());
            follow(name, pod, patience, observer);
          }
        }
        if (run.status().phase().over()) {
          observer.changed(run.status());
          return Optional.of(run.status());
        }
      }
      patience.pause();
    }
  }

  /** A connection may end long before the pod does; the log is taken up again where it was. */
  private void follow(String name, Pod pod, Patience patience, RunObserver observer)
      throws RunProblem, InterruptedException {
    LogLines lines = new LogLines(observer::line);
    boolean running = Attempts.isRunning(pod);
    while (running) {
      patience.ask(
          () -> {
            source.follow(pod, lines);
            return pod;
          });
      Optional<Optional<RunSnapshot>> answer = patience.ask(() -> runs.snapshot(name));
      running = answer.isEmpty() || isRunning(answer.get(), pod);
      if (running) {
        patience.pause();
      }
    }
    rest(pod, lines, observer);
  }

  private static boolean isRunning(Optional<RunSnapshot> run, Pod pod) {
    return run.stream()
        .flatMap(snapshot -> snapshot.attempts().pods().stream())
        .filter(other -> other.getMetadata().getUid().equals(pod.getMetadata().getUid()))
        .anyMatch(Attempts::isRunning);
  }

  /** A pod that has gone took its log along. */
  private void rest(Pod pod, LogLines lines, RunObserver observer) {
    try {
      source.read(pod, lines);
    } catch (RunProblem e) {
      observer.remark("(end of) log not to be had: " + e.getMessage());
    }
    lines.end();
  }
}
