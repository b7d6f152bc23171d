package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.TestBucket;
import io.telemetryinject.inject.TestRequest;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run over a real broker whose bucket goes away under it. */
class BucketOutageST {
  private static final Path SHOP = Path.of("..", "examples", "shop");
  private static final Duration AWAY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger outages = new AtomicInteger();
  private TestBucket bucket;

  @BeforeEach
  void startBucket() throws Exception {
    bucket = new TestBucket(directory.resolve("s3"));
  }

  @AfterEach
  void stop() throws Exception {
    timer.shutdownNow();
    bucket.close();
  }

  private interface Action {
    void run() throws Exception;

    default void runUnchecked() {
      try {
        run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Does something once, when the first outcomes have come in. */
  private record AtFirstOutcome(AtomicReference<Action> action) implements RunListener {
    AtFirstOutcome(Action action) {
      this(new AtomicReference<>(action));
    }

    @Override
    public void decided(int tasks) {
      Action first = action.getAndSet(null);
      if (first != null) {
        first.runUnchecked();
      }
    }
  }

  private RunReport run(String name, RunListener listener) throws Exception {
    EngineSettings settings = bucket.machine(directory, name, PATIENCE);
    RunRequest request = TestRequest.of(SHOP, directory.resolve(name), PATIENCE);
    try (Engine engine = Engine.open(settings, OutageListener.counting(outages::incrementAndGet));
        EmbeddedPipeline pipeline =
            EmbeddedPipeline.start(engine, directory.resolve(name + "-broker"))) {
      return pipeline.run(request, listener);
    }
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void completesOverAnOutageOfAMinute() throws Exception {
    RunReport disturbed =
        run(
            "disturbed",
            new AtFirstOutcome(
                () -> {
                  bucket.stop();
                  Action back = bucket::start;
                  timer.schedule(back::runUnchecked, AWAY.toSeconds(), TimeUnit.SECONDS);
                }));
    RunReport after = run("after", RunListener.silent());

    assertThat(outages).as("control: it was missed, and that was said once").hasValue(1);
    assertThat(disturbed.isClean()).isTrue();
    assertThat(disturbed.effort().scriptsGenerated()).isPositive();
    assertThat(after.effort().scriptsGenerated()).as("nothing was lost").isZero();
    TestTree.assertSame(
        TestTree.contents(directory.resolve("disturbed")),
        TestTree.contents(directory.resolve("after")));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void endsTypedAndSoonWhenTheBucketIsGoneForGood() throws Exception {
    RunReport report = run("output", new AtFirstOutcome(bucket::remove));

    assertThat(report.failed()).isPositive().isLessThan(report.tasks());
    assertThat(report.notApplied())
        .allSatisfy(
            entry ->
                assertThat(entry.function().outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                          assertThat(failed.code()).isEqualTo(ErrorCode.CACHE);
                          assertThat(failed.detail()).contains("s3://bucket", "HTTP 404");
                        }));
    assertThat(outages).as("waiting would not help").hasValue(0);
  }
}
