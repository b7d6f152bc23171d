package io.telemetryinject.sandbox;

import static io.telemetryinject.sandbox.ScriptSandbox.Isolation.BATCH;
import static io.telemetryinject.sandbox.Scripts.ECHO;
import static io.telemetryinject.sandbox.Scripts.answered;
import static io.telemetryinject.sandbox.Scripts.broken;
import static io.telemetryinject.sandbox.Scripts.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.model.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerLifeIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Half a millisecond or so, that calls may be seen under way. */
  private static final String SLOW_ECHO = ECHO.replaceFirst(":\n", ":\n    sum(range(30_000))\n");

  private static final String LOOP = "def insertions(s, c):\n    while True: pass";

  @Test
  void aWorkerThatWasKilledIsReplaced() throws Exception {
    try (ProcessSandbox sandbox = sandbox(1)) {
      answered(run(sandbox));
      long first = sandbox.workerPids().get(0);

      signal(first, "KILL");

      answered(run(sandbox));
      assertThat(sandbox.workerPids()).hasSize(1).doesNotContain(first);
    }
  }

  @Test
  void callsAreAnsweredThoughTheirWorkerIsKilledUnderThem() throws Exception {
    try (ProcessSandbox sandbox = sandbox(1)) {
      List<ScriptCall> calls =
          IntStream.range(0, 4_000).mapToObj(i -> call(SLOW_ECHO, "x")).toList();
      FutureTask<List<ScriptAnswer>> running = start(() -> sandbox.run(calls, BATCH));
      await().until(() -> !sandbox.workerPids().isEmpty());
      long first = sandbox.workerPids().get(0);

      await().until(() -> !children(first).isEmpty());
      signal(first, "KILL");

      assertThat(running.get()).hasSize(4_000).allMatch(answer -> answered(answer) != null);
      assertThat(sandbox.workerPids()).doesNotContain(first);
    }
  }

  @Test
  void aWorkerThatStandsStillIsReplacedAfterItsDeadline() throws Exception {
    try (ProcessSandbox sandbox = sandbox(1)) {
      answered(run(sandbox));
      long first = sandbox.workerPids().get(0);

      signal(first, "STOP");

      answered(run(sandbox));
      assertThat(sandbox.workerPids()).doesNotContain(first);
    }
  }

  @Test
  void aWorkerOutlivesTheThreadThatNeededItFirst() throws Exception {
    try (ProcessSandbox sandbox = sandbox(1)) {
      Thread thread = new Thread(() -> run(sandbox));
      thread.start();
      thread.join();
      List<Long> workers = sandbox.workerPids();

      await().until(() -> !thread.isAlive());

      answered(run(sandbox));
      assertThat(sandbox.workerPids()).isEqualTo(workers);
    }
  }

  @Test
  void aHangingScriptIsEndedWithinASecondOfItsDeadlineAndTheWorkerLives() {
    try (ProcessSandbox sandbox = sandbox(1)) {
      answered(run(sandbox));
      List<Long> workers = sandbox.workerPids();
      long start = System.nanoTime();

      ScriptAnswer answer = sandbox.run(List.of(call(LOOP, "x")), BATCH).get(0);

      assertThat(broken(answer).code()).isEqualTo(ErrorCode.DEADLINE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
      assertThat(sandbox.workerPids()).isEqualTo(workers);
      assertThat(children(workers.get(0))).isEmpty();
    }
  }

  @Test
  void aScriptThatAlwaysHangsIsNotTriedForEveryFunction() {
    try (ProcessSandbox sandbox = sandbox(1)) {
      List<ScriptCall> calls = new ArrayList<>();
      IntStream.range(0, 20).forEach(i -> calls.add(call(LOOP, "x")));
      calls.add(call(ECHO, "x"));

      List<ScriptAnswer> answers = sandbox.run(calls, BATCH);

      assertThat(answers.subList(0, 20)).allMatch(a -> broken(a).code() == ErrorCode.DEADLINE);
      answered(answers.get(20));
    }
  }

  @Test
  void threadsShareTheWorkersAndGetTheirOwnAnswers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ProcessSandbox sandbox = sandbox(2)) {
      List<Future<List<ScriptAnswer>>> running = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        List<ScriptCall> calls = List.of(call(ECHO, "x", "name" + i, List.of()));
        running.add(threads.submit(() -> sandbox.run(calls, BATCH)));
      }
      for (int i = 0; i < 40; i++) {
        ScriptAnswer answer = running.get(i).get().get(0);
        assertThat(answered(answer).insertions().get(0).text()).isEqualTo("name" + i);
      }
      assertThat(sandbox.workerPids()).hasSizeLessThanOrEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingEndsTheWorkers() {
    ProcessSandbox sandbox = sandbox(2);
    sandbox.start();
    List<Long> workers = sandbox.workerPids();
    assertThat(workers).hasSize(2);

    sandbox.close();

    await().atMost(SOON).until(() -> workers.stream().noneMatch(WorkerLifeIT::isRunning));
  }

  @Test
  void nothingIsLeftWhenTheJavaProcessIsKilledInTheMiddleOfABatch() throws Exception {
    Process java =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dtelemetry.inject.python=" + Scripts.PYTHON,
                HangingSandbox.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = new BufferedReader(new InputStreamReader(java.getInputStream(), UTF_8));
    long worker = Long.parseLong(out.readLine());
    await().atMost(SOON).until(() -> !children(worker).isEmpty());
    List<Long> children = children(worker);

    java.destroyForcibly().waitFor();

    await()
        .atMost(SOON)
        .until(() -> !isRunning(worker) && children.stream().noneMatch(WorkerLifeIT::isRunning));
  }

  /** A Java process with a script in it that never ends. */
  static final class HangingSandbox {
    public static void main(String[] arguments) {
      ProcessSandbox sandbox =
          new ProcessSandbox(Scripts.settings().withDeadline(Duration.ofSeconds(60)));
      sandbox.start();
      System.out.println(sandbox.workerPids().get(0));
      sandbox.run(List.of(call(LOOP, "x")), BATCH);
    }
  }

  private static ProcessSandbox sandbox(int workers) {
    return new ProcessSandbox(
        Scripts.settings().withWorkers(workers).withDeadline(Duration.ofMillis(500)));
  }

  private static ScriptAnswer run(ProcessSandbox sandbox) {
    return sandbox.run(List.of(call(ECHO, "x")), BATCH).get(0);
  }

  private static <T> FutureTask<T> start(java.util.concurrent.Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static List<Long> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .toList();
  }

  private static void signal(long pid, String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
    assertThat(code).isZero();
  }
}
