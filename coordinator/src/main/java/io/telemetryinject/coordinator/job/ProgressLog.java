package io.telemetryinject.coordinator.job;

import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.status.RunWatch;
import io.telemetryinject.model.RunStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how far a run is, every few seconds, for whoever follows a job's log. */
final class ProgressLog implements RunListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProgressLog.class);
  private static final long LINE_NANOS = 5_000_000_000L;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final RunWatch watch;
  private final AtomicLong lastLine = new AtomicLong(System.nanoTime());

  ProgressLog(RunWatch watch) {
    this.watch = watch;
  }

  @Override
  public void listed(int sourceFiles) {
    LOGGER.info(String.format(Locale.ROOT, "%,d source files", sourceFiles));
  }

  @Override
  public void planned(int functions, int tasks) {
    show("");
  }

  @Override
  public void decided(int tasks) {
    show("");
  }

  @Override
  public void written() {
    show("");
  }

  @Override
  public void waiting(Duration idle) {
    show(idle.compareTo(LONG) < 0 ? "" : "; no outcome for " + idle.toSeconds() + " s");
  }

  @Override
  public void remark(String sentence) {
    LOGGER.info(sentence);
  }

  private void show(String remark) {
    long last = lastLine.get();
    long now = System.nanoTime();
    if (now - last > LINE_NANOS && lastLine.compareAndSet(last, now)) {
      RunStatus status = watch.status();
      LOGGER.info(
          String.format(
              Locale.ROOT,
              "%,d of %,d files written, %,d functions found, %,d of %,d tasks decided%s",
              status.filesWritten(),
              status.files(),
              status.functions(),
              status.tasksDecided(),
              status.tasks(),
              remark));
    }
  }

  @Override
  public void reported(RunReport report) {
    LOGGER
        .atInfo()
        .addKeyValue("run", report.run().shortForm())
        .addKeyValue("functions", report.functions())
        .addKeyValue("applied", report.applied())
        .addKeyValue("unchanged", report.unchanged())
        .addKeyValue("skipped", report.skipped())
        .addKeyValue("rejected", report.rejected())
        .addKeyValue("failed", report.failed())
        .addKeyValue("millis", report.totalMillis())
        .log("run complete");
  }
}
