package io.telemetryinject.coordinator.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;

/** Brings a run's report to its meters, too. */
final class MeasuredRun {
  private MeasuredRun() {}

  static RunListener of(MeterRegistry registry) {
    RunMeters meters = new RunMeters(registry);
    return RunListener.both(meters, new Report(meters));
  }

  private record Report(RunMeters meters) implements RunListener {
    @Override
    public void listed(int sourceFiles) {}

    @Override
    public void planned(int functions, int tasks) {}

    @Override
    public void decided(int tasks) {}

    @Override
    public void written() {}

    @Override
    public void reported(RunReport report) {
      meters.count(report);
    }
  }
}
