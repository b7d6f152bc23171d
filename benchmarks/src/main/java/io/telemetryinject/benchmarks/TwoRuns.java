package io.telemetryinject.benchmarks;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.embedded.EmbeddedPipeline;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.FileSystemUtils;

/** Times a small run alone, and again while a big one has the same broker and workers busy. */
public final class TwoRuns {
  private static final int FUNCTIONS_PER_FILE = 10;
  private static final int SMALL_FUNCTIONS = 100;
  private static final int ROUNDS = 5;

  private final Path work;
  private final PrintStream out;
  private int outputs;

  private TwoRuns(Path work, PrintStream out) {
    this.work = work;
    this.out = out;
  }

  /**
   * @param args python, functions of the big run
   */
  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("telemetry-inject-benchmark");
    try {
      new TwoRuns(work, new PrintStream(System.out, true)).run(args[0], Integer.parseInt(args[1]));
    } finally {
      FileSystemUtils.deleteRecursively(work);
    }
    System.exit(0);
  }

  private void run(String python, int functions) throws Exception {
    Path small = generate("small", SMALL_FUNCTIONS);
    Path big = generate("big", functions);
    EngineSettings settings =
        new EngineSettings(
            work.resolve("cache"),
            work.resolve("key").resolve("signing-key"),
            python,
            SandboxMode.STRICT,
            Runtime.getRuntime().availableProcessors());
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Engine engine = Engine.open(settings);
        EmbeddedPipeline pipeline = EmbeddedPipeline.start(engine, work.resolve("broker"))) {
      rounds(pipeline, small); // scripts are written, classes loaded and compiled
      double[] alone = rounds(pipeline, small);
      line("%,d functions alone: %s s", SMALL_FUNCTIONS, seconds(alone));

      AtomicInteger decided = new AtomicInteger();
      Future<RunReport> bigRun =
          other.submit(() -> pipeline.run(request(big), new Counting(decided)));
      while (decided.get() < functions / 10) {
        Thread.sleep(10);
      }
      double[] beside = rounds(pipeline, small);
      line("beside %,d functions: %s s", functions, seconds(beside));
      line("  %,d of these were decided meanwhile", decided.get());
      double ratio = median(beside) / median(alone);
      line("  -> %.2f times as long (medians; at most 3 wanted)", ratio);
      RunReport report = bigRun.get();
      line("  the big run: %,d applied in %.1f s", report.applied(), report.totalMillis() / 1e3);
    } finally {
      other.shutdownNow();
    }
  }

  private double[] rounds(EmbeddedPipeline pipeline, Path tree) throws Exception {
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      pipeline.run(request(tree), RunListener.silent());
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    return seconds;
  }

  private RunRequest request(Path tree) {
    return new RunRequest(
        tree,
        new Destination.Tree(work.resolve("out" + outputs++)),
        new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false),
        List.of(),
        List.of(),
        Set.of(),
        1,
        Duration.ofMinutes(10));
  }

  private Path generate(String name, int functions) throws IOException {
    Path tree = Files.createDirectories(work.resolve(name));
    for (int file = 0; file * FUNCTIONS_PER_FILE < functions; file++) {
      StringBuilder source = new StringBuilder();
      for (int i = 0; i < FUNCTIONS_PER_FILE; i++) {
        source.append(
            "def f%d_%d(a, b=1):\n    if a:\n        return a + b\n    for x in range(b):\n        a += x\n\n"
                .formatted(file, i));
      }
      Files.writeString(tree.resolve("module" + file + ".py"), source);
    }
    return tree;
  }

  /** Counts functions that have their outcome. */
  private record Counting(AtomicInteger decided) implements RunListener {
    @Override
    public void decided(int tasks) {
      decided.addAndGet(tasks);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String seconds(double[] values) {
    return Arrays.stream(values)
        .mapToObj(v -> String.format(Locale.ROOT, "%.2f", v))
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
