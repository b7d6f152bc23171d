package io.telemetryinject.coordinator.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run's progress, and then its outcomes, as counters. */
final class RunMeters implements RunListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunMeters.class);

  private final MeterRegistry meters;
  private final Counter planned;
  private final Counter decided;
  private final Counter files;

  RunMeters(MeterRegistry meters) {
    this.meters = meters;
    this.planned = functions("planned");
    this.decided = functions("decided");
    this.files = meters.counter("telemetry.inject.files.written");
  }

  private Counter functions(String outcome) {
    return meters.counter("telemetry.inject.functions", "stage", "coordinator", "outcome", outcome);
  }

  @Override
  public void listed(int sourceFiles) {
    meters.gauge("telemetry.inject.files", sourceFiles);
  }

  @Override
  public void planned(int functions, int tasks) {
    planned.increment(functions);
  }

  @Override
  public void decided(int tasks) {
    decided.increment(tasks);
  }

  @Override
  public void written() {
    files.increment();
  }

  @Override
  public void remark(String sentence) {
    LOGGER.atInfo().log(sentence);
  }

  void count(RunReport report) {
    functions("applied").increment(report.applied());
    functions("unchanged").increment(report.unchanged());
    functions("skipped").increment(report.skipped());
    functions("rejected").increment(report.rejected());
    functions("failed").increment(report.failed());
  }
}
