package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.TestRequest;
import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that share broker and workers. */
class TwoRunsIT {
  private static final int BIG_FILES = 1_500;
  private static final int SMALL_FILES = 30;
  private static final int FUNCTIONS_PER_FILE = 3;

  @TempDir private Path directory;
  private final ExecutorService second = Executors.newSingleThreadExecutor();

  private RunRequest request(Path input, String output) {
    return TestRequest.of(input, directory.resolve(output), Duration.ofMinutes(2));
  }

  private Engine engine() throws Exception {
    return Engine.open(
        new EngineSettings(
            directory.resolve("cache"),
            directory.resolve("key").resolve("signing-key"),
            CommandProcess.PYTHON,
            SandboxMode.STRICT,
            2));
  }

  /** Counts the functions of a run that have their outcome. */
  private record Decided(AtomicInteger functions) implements RunListener {
    @Override
    public void decided(int tasks) {
      functions.addAndGet(tasks);
    }
  }

  @Test
  void smallRunOvertakesBigOne() throws Exception {
    Path small = TestTree.generate(directory.resolve("small"), SMALL_FILES);
    Path big = TestTree.generate(directory.resolve("big"), BIG_FILES);
    Decided decided = new Decided(new AtomicInteger());

    try (Engine engine = engine();
        EmbeddedPipeline pipeline = EmbeddedPipeline.start(engine, directory.resolve("broker"))) {
      pipeline.run(request(small, "scripts are written"), RunListener.silent());

      // Given
      Future<RunReport> bigRun =
          second.submit(() -> pipeline.run(request(big, "big-out"), decided));
      await().until(() -> decided.functions().get() > 0 || bigRun.isDone());

      // When
      RunReport report = pipeline.run(request(small, "small-out"), RunListener.silent());

      // Then
      assertThat(decided.functions().get()).isLessThan(BIG_FILES * FUNCTIONS_PER_FILE * 2 / 3);
      assertThat(report.applied()).isEqualTo(SMALL_FILES * FUNCTIONS_PER_FILE);
      assertThat(bigRun.get().applied()).isEqualTo(BIG_FILES * FUNCTIONS_PER_FILE);
    } finally {
      second.shutdownNow();
    }
  }

  @Test
  void oneInputGoesToTwoOutputsAtOnce() throws Exception {
    Path input = TestTree.generate(directory.resolve("input"), SMALL_FILES);
    try (Engine engine = engine();
        EmbeddedPipeline pipeline = EmbeddedPipeline.start(engine, directory.resolve("broker"))) {
      Future<RunReport> other =
          second.submit(() -> pipeline.run(request(input, "other"), RunListener.silent()));

      RunReport first = pipeline.run(request(input, "one"), RunListener.silent());
      assertThat(other.get().applied()).isEqualTo(first.applied());

      Map<String, String> one = TestTree.contents(directory.resolve("one"));
      assertThat(first.applied()).isEqualTo(SMALL_FILES * FUNCTIONS_PER_FILE);
      assertThat(TestTree.contents(directory.resolve("other"))).isEqualTo(one);
    } finally {
      second.shutdownNow();
    }
  }
}
