package io.telemetryinject.benchmarks;

import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.embedded.EmbeddedPipeline;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Runs a tree through the pipeline several times over a warm cache, in-process and embedded, and
 * prints functions per CPU-second of each round.
 */
public final class PipelineBenchmark {
  private final Path tree;
  private final Path work;
  private final int rounds;
  private final PrintStream out;

  /** A way to run. */
  private interface Way {
    RunReport run(RunRequest request) throws Exception;
  }

  private PipelineBenchmark(Path tree, Path work, int rounds, PrintStream out) {
    this.tree = tree;
    this.work = work;
    this.rounds = rounds;
    this.out = out;
  }

  /**
   * @param args tree, python, rounds
   */
  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("telemetry-inject-benchmark");
    PrintStream out = new PrintStream(System.out, true);
    new PipelineBenchmark(Path.of(args[0]), work, Integer.parseInt(args[2]), out).run(args[1]);
    delete(work);
    System.exit(0);
  }

  private void run(String python) throws Exception {
    int workers = Runtime.getRuntime().availableProcessors();
    line("machine: %d processors, Java %s", workers, Runtime.version());
    EngineSettings settings =
        new EngineSettings(
            work.resolve("cache"),
            SigningKeys.defaultFile(System.getenv()),
            python,
            SandboxMode.STRICT,
            workers);
    try (Engine engine = Engine.open(settings)) {
      LocalRun local = new LocalRun(engine);
      round("in-process, cold cache", r -> local.run(r, RunListener.silent()));
      for (int i = 1; i <= rounds; i++) {
        round("in-process, round " + i, r -> local.run(r, RunListener.silent()));
      }
      try (EmbeddedPipeline embedded = EmbeddedPipeline.start(engine, work.resolve("broker"))) {
        for (int i = 1; i <= rounds; i++) {
          round("embedded, round " + i, r -> embedded.run(r, RunListener.silent()));
        }
      }
    }
    line("peak heap %,d MB", peakHeap() >> 20);
  }

  private void round(String name, Way way) throws Exception {
    Path output = work.resolve("out");
    RunRequest request =
        new RunRequest(
            tree,
            new Destination.Tree(output),
            new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false),
            List.of(),
            List.of(),
            Set.of(),
            Runtime.getRuntime().availableProcessors(),
            Duration.ofMinutes(10));
    double cpu = CpuClock.seconds();
    long wall = System.nanoTime();
    RunReport report = way.run(request);
    double cpuSeconds = CpuClock.seconds() - cpu;
    line(
        "%-24s %,7d functions %6.2f CPU-s %6.2f s   %,6.0f functions/CPU-s",
        name,
        report.functions(),
        cpuSeconds,
        (System.nanoTime() - wall) / 1e9,
        report.functions() / cpuSeconds);
    delete(output);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
