package io.telemetryinject.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with their scripts in a bucket. */
class BucketRunIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private Path input;
  private TestBucket bucket;

  @BeforeEach
  void start() throws Exception {
    input = TestTree.generate(directory.resolve("input"), 3);
    bucket = new TestBucket(directory.resolve("s3"));
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
  }

  private Engine machine(String name, Duration patience, OutageListener outages) throws Exception {
    return Engine.open(bucket.machine(directory, name, patience), outages);
  }

  private RunReport run(Engine engine, String output, RunListener listener) throws Exception {
    return new LocalRun(engine)
        .run(TestRequest.of(input, directory.resolve(output), LONG), listener);
  }

  @Test
  void generatesNothingOnASecondMachine() throws Exception {
    RunReport first;
    try (Engine one = machine("one", LONG, OutageListener.logging())) {
      first = run(one, "first", RunListener.silent());
    }
    try (Engine other = machine("other", LONG, OutageListener.logging())) {
      RunReport second = run(other, "second", RunListener.silent());
      assertThat(second.effort().scriptsGenerated()).isZero();
      assertThat(second.cacheHits()).isEqualTo(second.tasks()).isPositive();
    }
    assertThat(first.effort().scriptsGenerated()).as("control").isPositive();
    assertThat(first.isClean()).isTrue();
    TestTree.assertSame(
        TestTree.contents(directory.resolve("second")),
        TestTree.contents(directory.resolve("first")));
  }

  @Test
  void completesAndPaysForNothingTwiceWhenTheBucketIsAwayForAWhile() throws Exception {
    int scripts;
    try (Engine one = machine("one", LONG, OutageListener.logging())) {
      scripts = run(one, "undisturbed", RunListener.silent()).effort().scriptsGenerated();
    }
    AtomicInteger outages = new AtomicInteger();
    OutageListener mend = OutageListener.counting(() -> mend(outages));
    try (Engine other = machine("other", LONG, mend)) {
      RunReport report = run(other, "disturbed", new StopAtFirstFile());
      assertThat(report.isClean()).isTrue();
      assertThat(report.effort().scriptsGenerated()).isZero();
    }
    assertThat(scripts).as("control").isPositive();
    assertThat(outages).as("control: it was away, and told of once").hasValue(1);
    TestTree.assertSame(
        TestTree.contents(directory.resolve("disturbed")),
        TestTree.contents(directory.resolve("undisturbed")));
  }

  private void mend(AtomicInteger outages) {
    outages.incrementAndGet();
    try {
      bucket.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the bucket away before the first look-up. */
  private final class StopAtFirstFile implements RunListener {
    @Override
    public void listed(int sourceFiles) {
      try {
        bucket.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void doesNotStartWithABucketThatDoesNotExist() throws Exception {
    bucket.remove();

    assertThatThrownBy(() -> machine("one", LONG, OutageListener.logging()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("s3://bucket/cache")
        .hasMessageContaining("\n  Create the bucket, or check its name.");
  }

  @Test
  void endsTypedWithoutGeneratingWhenTheBucketStaysAway() throws Exception {
    try (Engine engine = machine("one", Duration.ofSeconds(1), OutageListener.logging())) {
      RunReport report = run(engine, "output", new StopAtFirstFile());

      assertThat(report.failed()).isEqualTo(report.tasks()).isPositive();
      assertThat(report.effort().scriptsGenerated()).isZero();
      assertThat(report.notApplied())
          .allSatisfy(
              entry ->
                  assertThat(entry.function().outcome())
                      .isInstanceOfSatisfying(
                          Outcome.Failed.class,
                          failed -> {
                            assertThat(failed.code()).isEqualTo(ErrorCode.CACHE);
                            assertThat(failed.detail()).contains("s3://bucket", "no answer for");
                          }));
    } finally {
      bucket.start();
    }
  }
}
