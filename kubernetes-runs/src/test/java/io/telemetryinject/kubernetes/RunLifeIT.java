package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.kubernetes.RunCancellation.Ending;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of runs when a cluster has no room, drains nodes, or loses patience. */
class RunLifeIT {
  @TempDir private static Path directory;
  private static FakeCluster fake;
  private static JobController controller;
  private static RunList runs;
  private String run;

  @BeforeAll
  static void start() throws Exception {
    fake = FakeCluster.start(directory);
    controller = fake.controller();
    runs = new RunList(fake.cluster());
  }

  @BeforeEach
  void submitARun(TestInfo test) throws Exception {
    String output = "s3://results/" + test.getTestMethod().orElseThrow().getName();
    run = new RunSubmission(fake.cluster()).submit(Orders.order(output)).name();
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  private RunStatus status() throws RunProblem {
    return runs.find(run).orElseThrow();
  }

  @Test
  void saysWhyARunHasNotBegun() throws RunProblem {
    assertThat(status().state()).isEqualTo("Waiting (it has no pod yet)");

    String pod = controller.startsPod(run);
    assertThat(status().state()).isEqualTo("Waiting (its pod is being started)");
    controller.kubelet().unschedulable(pod, "0/3 nodes are available: 3 Insufficient memory.");
    assertThat(status().state())
        .isEqualTo(
            "Waiting (no node takes its pod: 0/3 nodes are available: 3 Insufficient memory.)");
    controller
        .kubelet()
        .waits(pod, "ImagePullBackOff", "Back-off pulling image \"coordinator:0.1.0\"");
    assertThat(status().state())
        .isEqualTo("Waiting (ImagePullBackOff: Back-off pulling image \"coordinator:0.1.0\")");
  }

  @Test
  void isGivenUpAfterAsManyCrashesAsTheTemplateAllows() throws RunProblem {
    for (int i = 0; i < 4; i++) {
      assertThat(status().phase().over()).isFalse();
      fake.runs(run);
      fake.ends(run, 137);
    }

    assertThat(status().state())
        .isEqualTo("Failed (given up after 4 attempts, the last with exit code 137, OOMKilled)");
    assertThat(status().exitCode()).isEqualTo(3);
    assertThat(status().restarts()).isEqualTo(3);
  }

  @Test
  void isNeverGivenUpForDisruptions() throws RunProblem {
    for (int i = 0; i < 6; i++) {
      String pod = controller.startsPod(run);
      controller.kubelet().runs(pod);
      controller.disrupts(pod);
    }

    assertThat(status().phase()).isEqualTo(RunPhase.WAITING);
    assertThat(status().restarts()).isEqualTo(5);
  }

  @Test
  void failsWhenItsDeadlinePasses() throws RunProblem {
    fake.runs(run);

    controller.deadlinePasses(run);

    assertThat(status().state()).isEqualTo("Failed (not done within its deadline of 8h)");
    assertThat(status().exitCode()).isEqualTo(3);
  }

  @Test
  void cancelsByLettingPodsEndFirst() throws RunProblem {
    fake.runs(run);
    RunCancellation cancellation = new RunCancellation(fake.cluster());

    assertThat(cancellation.cancel(run)).isEqualTo(Ending.BEGUN);

    assertThat(fake.front().requests())
        .filteredOn(request -> request.startsWith("DELETE") && request.contains(run))
        .singleElement()
        .asString()
        .contains("/jobs/" + run, "\"propagationPolicy\":\"Foreground\"")
        .doesNotContain("gracePeriodSeconds");
    assertThat(cancellation.cancel(run)).isEqualTo(Ending.UNKNOWN);
    assertThat(runs.find(run)).isEmpty();
  }

  @Test
  void showsARunAsCancelledUntilItsPodHasGone() throws RunProblem {
    controller.holdsUntilPodsAreGone(run);
    RunCancellation cancellation = new RunCancellation(fake.cluster());

    assertThat(cancellation.cancel(run)).isEqualTo(Ending.BEGUN);

    assertThat(status().state()).isEqualTo("Cancelled (its pod is being ended)");
    assertThat(cancellation.cancel(run)).isEqualTo(Ending.GOING_ON);
  }
}
