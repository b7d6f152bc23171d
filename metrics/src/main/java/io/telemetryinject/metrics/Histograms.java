package io.telemetryinject.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * Timers with fixed buckets: those of all processes add up, and their number does not grow with
 * what is measured.
 */
public enum Histograms {
  /** One function in the sandbox: microseconds to a deadline of seconds. */
  FUNCTION(0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5),
  /** A poll's worth of work. */
  BATCH(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
  /** From a task's way out to its outcome's way in, or a script's making: up to an hour. */
  PASSAGE(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);

  private final Duration[] buckets;

  Histograms(double... seconds) {
    this.buckets =
        DoubleStream.of(seconds)
            .mapToObj(s -> Duration.ofNanos(Math.round(s * 1e9)))
            .toArray(Duration[]::new);
  }

  /** A timer that counts into these buckets. */
  public Timer timer(MeterRegistry registry, String name, String description, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }
}
