package io.telemetryinject.cli;

import io.telemetryinject.cache.s3.OutageListener;
import java.io.PrintStream;
import java.time.Duration;

/** Tells a person that a run waits for its script cache. */
final class OutagePrinter implements OutageListener {
  private final PrintStream err;

  OutagePrinter(PrintStream err) {
    this.err = err;
  }

  @Override
  public void began(String location, String problem, Duration patience) {
    err.println(
        "telemetry-inject: "
            + location
            + " does not answer ("
            + problem
            + "); waiting for up to "
            + patience.toSeconds()
            + " s");
  }

  @Override
  public void ended(String location, Duration lasted) {
    err.println(
        "telemetry-inject: " + location + " answers again after " + lasted.toSeconds() + " s");
  }
}
