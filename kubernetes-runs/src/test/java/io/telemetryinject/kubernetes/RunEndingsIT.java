package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.kubernetes.RunCancellation.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** How runs end, by the rules that their Jobs give to the cluster's controllers. */
class RunEndingsIT {
  @TempDir private static Path directory;
  private static TestCluster cluster;
  private static RunList runs;
  private String run;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(directory);
    runs = new RunList(cluster.cluster());
  }

  @BeforeEach
  void submitARun(TestInfo test) throws Exception {
    String output = "s3://results/" + test.getTestMethod().orElseThrow().getName();
    run = new RunSubmission(cluster.cluster()).submit(Orders.order(output)).name();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private RunStatus status() throws RunProblem {
    return runs.find(run).orElseThrow();
  }

  /** A real controller takes its time. */
  private void awaitPhase(RunPhase phase) {
    await().atMost(Duration.ofMinutes(1)).until(() -> status().phase() == phase);
  }

  @Test
  void tellsWhoRunsWhat() throws RunProblem {
    assertThat(status().name()).startsWith("shop-main-");
    assertThat(status().owner()).isEqualTo("jane@example.com");
    assertThat(status().repo()).isEqualTo(Orders.REPO);
    assertThat(status().ref()).isEqualTo("main");
    assertThat(status().output()).isEqualTo("s3://results/tellsWhoRunsWhat");
  }

  @Test
  void succeedsWithExitCodeZero() throws RunProblem {
    cluster.runs(run);
    awaitPhase(RunPhase.RUNNING);

    cluster.ends(run, 0);

    awaitPhase(RunPhase.SUCCEEDED);
    assertThat(status().exitCode()).isZero();
    assertThat(status().restarts()).isZero();
    assertThat(status().reason()).isNull();
    assertThat(status().duration(Instant.now())).isPresent();
  }

  @Test
  void isDoneWithProblemsAtOnceWithExitCodeOne() throws RunProblem {
    cluster.runs(run);

    cluster.ends(run, 1);

    awaitPhase(RunPhase.COMPLETED_WITH_PROBLEMS);
    assertThat(status().exitCode()).isEqualTo(1);
  }

  @Test
  void failsAtOnceWithExitCodeTwo() throws RunProblem {
    cluster.runs(run);

    cluster.ends(run, 2);

    awaitPhase(RunPhase.FAILED);
    assertThat(status().state()).isEqualTo("Failed (usage or input error, see its log)");
    assertThat(status().exitCode()).isEqualTo(2);
  }

  @Test
  void isTriedAgainAfterAnInterruptionAndSucceedsThen() throws RunProblem {
    cluster.runs(run);
    cluster.ends(run, 3);
    awaitPhase(RunPhase.WAITING);

    cluster.runs(run);
    awaitPhase(RunPhase.RUNNING);
    cluster.ends(run, 0);

    awaitPhase(RunPhase.SUCCEEDED);
    assertThat(status().restarts()).isEqualTo(1);
  }

  @Test
  void listsAllRunsWithTheirOwnPods() throws Exception {
    RunSubmission submission = new RunSubmission(cluster.cluster());
    String other = submission.submit(Orders.order("s3://results/other")).name();
    cluster.runs(run);

    assertThat(runs.all())
        .extracting(RunStatus::name, RunStatus::phase)
        .contains(tuple(run, RunPhase.RUNNING), tuple(other, RunPhase.WAITING));
  }

  @Test
  void leavesTheRecordOfARunThatIsOver() throws RunProblem {
    cluster.runs(run);
    cluster.ends(run, 1);
    awaitPhase(RunPhase.COMPLETED_WITH_PROBLEMS);

    assertThat(new RunCancellation(cluster.cluster()).cancel(run)).isEqualTo(Ending.OVER);

    awaitPhase(RunPhase.COMPLETED_WITH_PROBLEMS);
  }
}
