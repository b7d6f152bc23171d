package io.telemetryinject.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.SandboxListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a process sees of its sandbox: workers, and what had to be ended. */
public final class SandboxMeters implements SandboxListener {
  private final MeterRegistry registry;
  private final Map<Kill, Counter> kills = new EnumMap<>(Kill.class);

  public SandboxMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Kill kill : Kill.values()) {
      kills.put(
          kill,
          Counter.builder("telemetry.inject.sandbox.kills")
              .description("Batches of script calls that ended before their time")
              .tag("reason", kill.word())
              .register(registry));
    }
  }

  @Override
  public void killed(Kill kill) {
    Counter counter = kills.get(kill);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Shows how many workers it has. */
  public void watch(ProcessSandbox sandbox) {
    gauge("busy", sandbox, s -> s.workers() - s.idleWorkers());
    gauge("idle", sandbox, ProcessSandbox::idleWorkers);
  }

  private void gauge(String state, ProcessSandbox sandbox, ToDoubleFunction<ProcessSandbox> count) {
    Gauge.builder("telemetry.inject.sandbox.workers", sandbox, count)
        .description("Worker processes of the sandbox")
        .tag("state", state)
        .register(registry);
  }
}
