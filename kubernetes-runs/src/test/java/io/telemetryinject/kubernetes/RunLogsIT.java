package io.telemetryinject.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for runs and reading their logs, which stream as a kubelet's do. */
class RunLogsIT {
  private static final Duration PAUSE = Duration.ofMillis(20);

  @TempDir private static Path directory;
  private static FakeCluster fake;
  private static RunLogs logs;

  private final SeenRun seen = new SeenRun();
  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private String run;

  @BeforeAll
  static void start() throws Exception {
    fake = FakeCluster.start(directory);
    logs = new RunLogs(fake.cluster(), PAUSE);
  }

  @BeforeEach
  void submitARun(TestInfo test) throws Exception {
    String output = "s3://results/" + test.getTestMethod().orElseThrow().getName();
    run = new RunSubmission(fake.cluster()).submit(Orders.order(output)).name();
  }

  @AfterEach
  void endBackground() {
    fake.front().setBroken(false);
    background.shutdownNow();
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  private Future<Optional<RunStatus>> inBackground(Callable<Optional<RunStatus>> task) {
    return background.submit(task);
  }

  private static RunStatus end(Future<Optional<RunStatus>> task) throws Exception {
    return task.get(20, TimeUnit.SECONDS).orElseThrow();
  }

  private PodLog newestLog() {
    return fake.front().log(fake.controller().newestPod(run));
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(seen.lines).containsExactly(lines));
  }

  @Test
  void showsTheLogsOfAllAttemptsTheNewestLast() throws Exception {
    fake.runsAndLogs(run, "first attempt");
    String first = fake.controller().newestPod(run);
    fake.ends(run, 3);
    fake.runsAndLogs(run, "second attempt");
    String second = fake.controller().newestPod(run);
    fake.ends(run, 0);

    logs.show(run, seen);

    assertThat(seen.lines).containsExactly("first attempt", "second attempt");
    assertThat(seen.attempts).containsExactly("1 " + first, "2 " + second);
    assertThat(seen.states).containsExactly("Succeeded");
  }

  @Test
  void saysWhyThereIsNoLogYet() throws Exception {
    fake.controller()
        .kubelet()
        .unschedulable(fake.controller().startsPod(run), "0/3 nodes are available");

    logs.show(run, seen);

    assertThat(seen.lines).isEmpty();
    assertThat(seen.states)
        .containsExactly("Waiting (no node takes its pod: 0/3 nodes are available)");
  }

  @Test
  void followsLineByLineFromBeforeThePodIsScheduledToTheEndOfTheRun() throws Exception {
    Future<Optional<RunStatus>> following = inBackground(() -> logs.follow(run, seen));
    await().until(() -> seen.states.contains("Waiting (it has no pod yet)"));
    String pod = fake.controller().startsPod(run);
    fake.controller().kubelet().waits(pod, "ImagePullBackOff", "no such image");
    await().until(() -> seen.states.contains("Waiting (ImagePullBackOff: no such image)"));

    fake.front().log(pod).line("one");
    fake.controller().kubelet().runs(pod);
    awaitLines("one");
    fake.front().log(pod).line("two");
    awaitLines("one", "two");
    fake.ends(run, 1);

    assertThat(end(following).phase()).isEqualTo(RunPhase.COMPLETED_WITH_PROBLEMS);
    assertThat(seen.lines).containsExactly("one", "two");
  }

  @Test
  void followsIntoTheNextAttempt() throws Exception {
    Future<Optional<RunStatus>> following = inBackground(() -> logs.follow(run, seen));
    fake.runsAndLogs(run, "first attempt");
    awaitLines("first attempt");
    fake.ends(run, 137);
    await().until(() -> seen.states.toString().contains("exit code 137, OOMKilled"));

    fake.runsAndLogs(run, "second attempt");
    awaitLines("first attempt", "second attempt");
    fake.ends(run, 0);

    assertThat(end(following).restarts()).isEqualTo(1);
    assertThat(seen.attempts).hasSize(2);
  }

  @Test
  void takesALogUpAgainWhereTheConnectionBrokeOff() throws Exception {
    fake.runsAndLogs(run, "one");
    Future<Optional<RunStatus>> following = inBackground(() -> logs.follow(run, seen));
    awaitLines("one");

    newestLog().breakOff();
    newestLog().line("two");
    awaitLines("one", "two");
    newestLog().breakOff();
    newestLog().line("three");
    fake.ends(run, 0);

    assertThat(end(following).phase()).isEqualTo(RunPhase.SUCCEEDED);
    assertThat(seen.lines).containsExactly("one", "two", "three");
  }

  @Test
  void bearsAnApiServerThatDoesNotAnswerForAWhile() throws Exception {
    Future<Optional<RunStatus>> following = inBackground(() -> logs.follow(run, seen));
    await().until(() -> !seen.states.isEmpty());

    fake.front().setBroken(true);
    await().until(() -> !seen.remarks.isEmpty());
    fake.front().setBroken(false);
    fake.runsAndLogs(run, "one");
    awaitLines("one");
    fake.ends(run, 0);

    assertThat(end(following).phase()).isEqualTo(RunPhase.SUCCEEDED);
    assertThat(seen.remarks).hasSize(2);
    assertThat(seen.remarks.get(0)).contains("503", "the run does not depend on it");
    assertThat(seen.remarks.get(1)).isEqualTo("the API server answers again");
  }

  @Test
  void endsWhenSomebodyRemovesTheRun() throws Exception {
    fake.runsAndLogs(run, "one");
    Future<Optional<RunStatus>> following = inBackground(() -> logs.follow(run, seen));
    awaitLines("one");

    PodLog log = newestLog();
    new RunCancellation(fake.cluster()).cancel(run);
    log.end();

    assertThat(following.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void waitsWithStatesAndTheNewestLine() throws Exception {
    RunWatch watch = new RunWatch(fake.cluster(), PAUSE);
    Future<Optional<RunStatus>> waiting = inBackground(() -> watch.await(run, seen));
    await().until(() -> !seen.states.isEmpty());
    fake.runsAndLogs(run, "10 of 20 files");
    awaitLines("10 of 20 files");
    newestLog().line("20 of 20 files");
    awaitLines("10 of 20 files", "20 of 20 files");
    fake.ends(run, 0);

    assertThat(end(waiting).exitCode()).isZero();
    assertThat(seen.states).startsWith("Waiting (it has no pod yet)").endsWith("Succeeded");
  }
}
