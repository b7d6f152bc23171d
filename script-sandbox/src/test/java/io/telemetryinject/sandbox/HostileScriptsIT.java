package io.telemetryinject.sandbox;

import static io.telemetryinject.sandbox.ScriptSandbox.Isolation.BATCH;
import static io.telemetryinject.sandbox.ScriptSandbox.Isolation.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.telemetryinject.sandbox.HostileScript.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks, each in the middle of a batch of well-behaved calls, each with its control. */
class HostileScriptsIT {
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final String BENIGN =
      "import ast\n"
          + "def insertions(source_code, context):\n"
          + "    names = [n.name for n in ast.parse(source_code).body]\n"
          + "    return [(len(names), 'benign ' + names[0])]\n";

  /** What attacks import, besides what is there anyway. */
  private static final List<String> MODULES =
      List.of("os", "pwd", "resource", "signal", "socket", "subprocess", "threading", "time");

  @TempDir static Path directory;

  private static ServerSocket server;
  private static Process sentinel;
  private static ProcessSandbox strict;
  private static ProcessSandbox withoutLandlock;
  private static ProcessSandbox open;

  @BeforeAll
  static void start() throws IOException {
    // Open to the worker's user, so that it is the sandbox that stops an attack.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (String file : List.of("secret.txt", "victim")) {
      Path path = Files.writeString(directory.resolve(file), "the secret");
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    sentinel = new ProcessBuilder("sleep", "600").start();
    SandboxSettings settings = Scripts.settings().withDeadline(DEADLINE);
    WorkerOptions options = WorkerOptions.of(settings, WorkerKind.SCRIPTS);
    strict = new ProcessSandbox(options);
    withoutLandlock = new ProcessSandbox(options.withoutLandlock().withModules(MODULES));
    SandboxSettings openSettings =
        settings.withMode(SandboxMode.NONE).withDeadline(Duration.ofSeconds(20));
    open =
        new ProcessSandbox(
            WorkerOptions.of(openSettings, WorkerKind.SCRIPTS)
                .withoutLimits()
                .withEnvironment(System.getenv()));
    strict.start();
    withoutLandlock.start();
  }

  @AfterAll
  static void stop() throws IOException {
    strict.close();
    withoutLandlock.close();
    open.close();
    sentinel.destroyForcibly();
    server.close();
  }

  static List<HostileScript> reaching() {
    return HostileScript.of(Kind.REACH, Kind.KERNEL);
  }

  static List<HostileScript> spoiling() {
    return HostileScript.of(Kind.SPOIL);
  }

  static List<HostileScript> poisoning() {
    return HostileScript.of(Kind.POISON);
  }

  @Test
  void thereAreEnoughAttacks() {
    assertThat(HostileScript.all()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("reaching")
  void containsWhatReachesOut(HostileScript attack) throws IOException {
    containsAmongSiblings(strict, attack);
  }

  @ParameterizedTest
  @MethodSource("reaching")
  void containsWhatReachesOutWithoutLandlockAndWithItsModulesLoaded(HostileScript attack)
      throws IOException {
    containsAmongSiblings(withoutLandlock, attack);
  }

  @ParameterizedTest
  @MethodSource("reaching")
  void controlWhatReachesOutWorksWithoutLockAndLimits(HostileScript attack) {
    String answer = text(open.run(List.of(call(attack)), BATCH).get(0));

    if (attack.kind() == Kind.KERNEL && !answer.startsWith("ESCAPE")) {
      abort("cannot be shown on this kernel, with these privileges: " + answer);
    }
    assertThat(answer).startsWith("ESCAPE");
  }

  @ParameterizedTest
  @MethodSource("spoiling")
  void siblingsOfWhatEndsItsBatchAreAnswered(HostileScript attack) {
    List<Long> workers = strict.workerPids();

    List<ScriptAnswer> answers = strict.run(amongSiblings(attack), BATCH);

    Scripts.broken(answers.get(1));
    assertThat(text(answers.get(0))).isEqualTo("benign before");
    assertThat(text(answers.get(2))).isEqualTo("benign behind");
    assertThat(strict.workerPids()).isEqualTo(workers);
  }

  @ParameterizedTest
  @MethodSource("spoiling")
  void controlWhatEndsItsBatchTakesTheAnswerBehindItAlong(HostileScript attack) throws Exception {
    CallJob job = new CallJob(amongSiblings(attack), CallJob.Entry.INSERTIONS);
    SandboxSettings settings = Scripts.settings().withDeadline(DEADLINE);
    try (WorkerPool pool = new WorkerPool(WorkerOptions.of(settings, WorkerKind.SCRIPTS))) {
      Worker worker = pool.lend();

      Reply reply = worker.ask(job.request(List.of(0, 1, 2), DEADLINE, worker), DEADLINE);

      assertThat(reply.answered()).isNotEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("poisoning")
  void siblingsOfWhatDisturbsThemAreAnsweredInIsolation(HostileScript attack) {
    List<ScriptAnswer> answers = strict.run(amongSiblings(attack), CALL);

    assertThat(text(answers.get(0))).isEqualTo("benign before");
    assertThat(text(answers.get(2))).isEqualTo("benign behind");
  }

  @ParameterizedTest
  @MethodSource("poisoning")
  void controlWhatDisturbsItsSiblingsDoesSoInTheirBatch(HostileScript attack) {
    List<ScriptAnswer> answers = strict.run(amongSiblings(attack), BATCH);

    assertThat(text(answers.get(2))).isNotEqualTo("benign behind");
  }

  private static void containsAmongSiblings(ProcessSandbox sandbox, HostileScript attack)
      throws IOException {
    Files.writeString(directory.resolve("victim"), "the secret");
    List<Long> workers = sandbox.workerPids();

    List<ScriptAnswer> answers = sandbox.run(amongSiblings(attack), BATCH);

    assertThat(text(answers.get(1))).doesNotStartWith("ESCAPE");
    assertThat(text(answers.get(0))).isEqualTo("benign before");
    assertThat(text(answers.get(2))).isEqualTo("benign behind");
    assertThat(sandbox.workerPids()).isEqualTo(workers);
    assertThat(directory.resolve("victim")).hasContent("the secret");
    assertThat(sentinel.isAlive()).isTrue();
  }

  private static List<ScriptCall> amongSiblings(HostileScript attack) {
    return List.of(
        Scripts.call(BENIGN, "def before(): pass"),
        call(attack),
        Scripts.call(BENIGN, "def behind(): pass"));
  }

  private static ScriptCall call(HostileScript attack) {
    return Scripts.call(
        attack.script(directory.toString(), server.getLocalPort(), sentinel.pid()), "x");
  }

  private static String text(ScriptAnswer answer) {
    return answer.fold(
        answered -> answered.insertions().isEmpty() ? "" : answered.insertions().get(0).text(),
        broken -> "broken: " + broken.detail());
  }
}
