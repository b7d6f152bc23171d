package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.RunObserver;
import io.telemetryinject.kubernetes.RunProblem;
import io.telemetryinject.kubernetes.RunStatus;
import io.telemetryinject.kubernetes.Spans;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Shows a run to a person: what it logs, and between that what becomes of it. */
final class RunPrinter implements RunObserver {
  /** Between two questions to the API server. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private final PrintStream log;
  private final PrintStream err;

  RunPrinter(PrintStream log, PrintStream err) {
    this.log = log;
    this.err = err;
  }

  @Override
  public void changed(RunStatus status) {
    String after =
        status.phase().over()
            ? status.duration(Instant.now()).map(span -> " after " + Spans.words(span)).orElse("")
            : "";
    remark("run " + status.name() + ": " + status.state() + after);
  }

  @Override
  public void attempt(int number, String pod) {
    remark("attempt " + number + ", pod " + pod);
  }

  @Override
  public void line(String line) {
    log.println(line);
    log.flush();
  }

  @Override
  public void remark(String sentence) {
    err.println("telemetry-inject: " + sentence);
  }

  static RunProblem gone(String name) {
    return new RunProblem(
        "the Job of run " + name + " was removed before its end was seen",
        "Somebody has cancelled or deleted it; what it has written is safe.");
  }
}
