package io.telemetryinject.kubernetes;

import java.time.Duration;
import java.util.Optional;

/** Asks again and again, and bears it when the cluster does not answer for a while. */
final class Patience {
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

  private final Duration pause;
  private final RunObserver observer;
  private long silentSince;
  private boolean silent;

  Patience(Duration pause, RunObserver observer) {
    this.pause = pause;
    this.observer = observer;
  }

  /** A question to the cluster. */
  interface Question<T> {
    T ask() throws RunProblem, InterruptedException;
  }

  /**
   * The cluster's answer; empty when it gave none this time.
   *
   * @throws RunProblem when asking again would not help, or was tried for too long
   */
  <T> Optional<T> ask(Question<T> question) throws RunProblem, InterruptedException {
    try {
      T answer = question.ask();
      if (silent) {
        silent = false;
        observer.remark("the API server answers again");
      }
      return Optional.of(answer);
    } catch (RunProblem e) {
      long now = System.nanoTime();
      if (!ApiProblems.passing(e) || (silent && now - silentSince > LONGEST_SILENCE.toNanos())) {
        throw e;
      }
      if (!silent) {
        silent = true;
        silentSince = now;
        observer.remark(e.getMessage() + "; asking on, the run does not depend on it");
      }
      return Optional.empty();
    }
  }

  void pause() throws InterruptedException {
    Thread.sleep(pause.toMillis());
  }
}
