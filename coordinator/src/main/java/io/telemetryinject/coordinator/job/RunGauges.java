package io.telemetryinject.coordinator.job;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.telemetryinject.coordinator.RunLedger;
import io.telemetryinject.model.RunPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run's progress under its own label: bounded, as the gauges of a run go some minutes after its
 * end, when the last scrape has seen them.
 */
final class RunGauges {
  private static final String PREFIX = "telemetry.inject.run.";

  private final MeterRegistry registry;
  private final Executor later;
  private final List<Meter> shown = new ArrayList<>();
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger planned = new AtomicInteger();
  private final AtomicInteger decided = new AtomicInteger();
  private final long started = System.nanoTime();
  private volatile long progressed = System.nanoTime();
  private volatile long over;
  private volatile boolean active;

  /**
   * @param later runs what is to be done when the last scrape has been
   */
  RunGauges(MeterRegistry registry, Executor later) {
    this.registry = registry;
    this.later = later;
  }

  /** From now on they are there; those of an earlier try of the same run go. */
  synchronized void show(RunLedger ledger, RunPolicy policy) {
    active = true;
    progressed = System.nanoTime();
    Tags run = Tags.of("run", ledger.run().shortForm());
    gauge("files", "Source files, by how far they are", null, run.and("state", "listed"), files);
    gauge("files", "Source files, by how far they are", null, run.and("state", "written"), written);
    String tasks = "Functions that need a script, by how far they are";
    gauge("tasks", tasks, null, run.and("state", "planned"), planned);
    gauge("tasks", tasks, null, run.and("state", "decided"), decided);
    gauge("active", "1 while the run goes on, then 0", null, run, () -> active ? 1 : 0);
    gauge("elapsed", "Since the run began, until its end", "seconds", run, this::elapsed);
    gauge(
        "idle",
        "Since anything was planned, decided or written; 0 after the end",
        "seconds",
        run,
        () -> active ? seconds(System.nanoTime() - progressed) : 0);
    gauge(
        "cost",
        "Paid to language models for the run",
        "usd",
        run,
        () -> ledger.effort().microDollars() / 1e6);
    if (policy.maxMicroDollars() != Long.MAX_VALUE) {
      gauge(
          "budget",
          "What the run may pay to language models",
          "usd",
          run,
          () -> policy.maxMicroDollars() / 1e6);
    }
  }

  private void gauge(
      String name, String description, @Nullable String unit, Tags tags, AtomicInteger count) {
    gauge(name, description, unit, tags, count::get);
  }

  private void gauge(
      String name, String description, @Nullable String unit, Tags tags, Supplier<Number> value) {
    Gauge.Builder<Supplier<Number>> builder =
        Gauge.builder(PREFIX + name, value).description(description).baseUnit(unit).tags(tags);
    Meter earlier = registry.find(PREFIX + name).tags(tags).gauge();
    if (earlier != null) {
      registry.remove(earlier);
    }
    shown.add(builder.register(registry));
  }

  void files(int listed) {
    files.set(listed);
  }

  void planned(int tasks) {
    planned.addAndGet(tasks);
    progressed = System.nanoTime();
  }

  void decided(int tasks) {
    decided.addAndGet(tasks);
    progressed = System.nanoTime();
  }

  void written() {
    written.incrementAndGet();
    progressed = System.nanoTime();
  }

  /**
   * @param completed whether the run came to its own end
   */
  void end(boolean completed) {
    over = System.nanoTime();
    active = false;
    if (completed) {
      double now = System.currentTimeMillis() / 1e3;
      Meter earlier = registry.find(PREFIX + "completed.timestamp").gauge();
      if (earlier != null) {
        registry.remove(earlier);
      }
      Gauge.builder(PREFIX + "completed.timestamp", () -> now)
          .description("When a run last came to its end, since the epoch")
          .baseUnit("seconds")
          .register(registry);
    }
    later.execute(this::remove);
  }

  /** A later try of the same run has gauges of the same names: those stay. */
  private synchronized void remove() {
    for (Meter meter : shown) {
      Meter current = registry.find(meter.getId().getName()).tags(meter.getId().getTags()).gauge();
      if (current == meter) {
        registry.remove(meter);
      }
    }
  }

  private double elapsed() {
    return seconds((active ? System.nanoTime() : over) - started);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
