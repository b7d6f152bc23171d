package io.telemetryinject.coordinator.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telemetryinject.coordinator.RunLedger;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.metrics.FunctionMeters;
import io.telemetryinject.metrics.Histograms;
import io.telemetryinject.model.RunPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One run's part in the meters: its progress, its functions' outcomes and how it ended. */
final class RunMeters implements RunListener {
  private static final int GRACE_MINUTES = 5;
  private static final String[] ENDINGS = {"clean", "problems", "interrupted"};

  private final MeterRegistry registry;
  private final FunctionMeters functions;
  private final Counter files;
  private final Timer passage;
  private final RunGauges gauges;
  private volatile String ending = "interrupted";

  RunMeters(MeterRegistry registry) {
    this(registry, CompletableFuture.delayedExecutor(GRACE_MINUTES, TimeUnit.MINUTES));
  }

  /**
   * @param later runs what is to be done when the last scrape has been
   */
  RunMeters(MeterRegistry registry, Executor later) {
    this.registry = registry;
    this.functions = new FunctionMeters(registry, "coordinator").expectingOutcomes();
    this.files =
        Counter.builder("telemetry.inject.files.written")
            .description("Source files that are in an output, kept ones included")
            .register(registry);
    this.passage =
        Histograms.PASSAGE.timer(
            registry,
            "telemetry.inject.task.passage",
            "From a task's way out to its outcome's way in");
    this.gauges = new RunGauges(registry, later);
    for (String word : ENDINGS) {
      runs(word);
    }
  }

  private Counter runs(String word) {
    return Counter.builder("telemetry.inject.runs")
        .description("Runs that ended, by how")
        .tag("ending", word)
        .register(registry);
  }

  @Override
  public void began(RunLedger ledger, RunPolicy policy) {
    gauges.show(ledger, policy);
  }

  @Override
  public void listed(int sourceFiles) {
    gauges.files(sourceFiles);
  }

  @Override
  public void planned(int found, int tasks) {
    gauges.planned(tasks);
  }

  @Override
  public void decided(int tasks) {
    gauges.decided(tasks);
  }

  @Override
  public void answered(int tasks, Duration since) {
    for (int i = 0; i < tasks; i++) {
      passage.record(since);
    }
  }

  @Override
  public void written() {
    files.increment();
    gauges.written();
  }

  @Override
  public void settled(FileRecord file, boolean found) {
    if (found) {
      return;
    }
    functions.count("applied", file.applied());
    functions.count("unchanged", file.unchanged());
    file.others().forEach(other -> functions.count(other.outcome()));
  }

  @Override
  public void refused(FunctionRecord file) {
    functions.count(file.outcome());
  }

  /** What is not told so was interrupted. */
  @Override
  public void reported(RunReport report) {
    ending = report.isClean() ? "clean" : "problems";
  }

  @Override
  public void ended() {
    runs(ending).increment();
    gauges.end(!ending.equals("interrupted"));
  }
}
