package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.kubernetes.FakeCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs in a cluster, as the command line submits, shows and ends them. */
class PlatformCommandsIT {
  private static final String REPO = "https://git.example.com/shop.git";

  @TempDir private static Path directory;
  private static FakeCluster fake;
  private String output;

  @BeforeAll
  static void start() throws Exception {
    fake = FakeCluster.start(directory);
  }

  @BeforeEach
  void chooseOutput(TestInfo test) {
    output = "s3://results/" + test.getTestMethod().orElseThrow().getName();
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  private static List<String> arguments(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kubeconfig", fake.kubeconfig().toString()));
    return all;
  }

  private static Command run(String... arguments) {
    return Command.runExactly(arguments(arguments).toArray(String[]::new));
  }

  private Command submit(String... more) {
    List<String> all =
        new ArrayList<>(List.of("submit", "--repo", REPO, "--ref", "main", "--output", output));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void submitsARunAndPrintsItsName() {
    Command submitted = submit();

    assertThat(submitted.exitCode()).isZero();
    assertThat(submitted.out()).matches("shop-main-[a-z0-9]{5}\n");
    assertThat(submitted.err()).contains("logs --follow " + submitted.out().strip());
    assertThat(run("status").out())
        .contains("NAME", "OWNER", "STATE", submitted.out().strip(), "jane@example.com", REPO);
  }

  @Test
  void showsTheJobAndSubmitsNothingInADryRun() {
    Command dry = submit("--name", "dry", "--dry-run", "--deadline", "1h30m", "--max-cost", "2.5");

    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out())
        .contains("kind: \"Job\"", "name: \"dry\"", "activeDeadlineSeconds: 5400")
        .contains("--telemetry-inject.max-cost=2.5", "--telemetry-inject.output=" + output);
    assertThat(run("status", "dry").exitCode()).isEqualTo(2);
  }

  @Test
  void showsOneRunAsJson() {
    submit("--name", "as-json", "--owner", "CI bot");

    JsonNode run = new JsonMapper().readTree(run("status", "as-json", "--json").out());

    assertThat(run.get("name").asString()).isEqualTo("as-json");
    assertThat(run.get("owner").asString()).isEqualTo("CI bot");
    assertThat(run.get("phase").asString()).isEqualTo("WAITING");
    assertThat(run.get("output").asString()).isEqualTo(output);
  }

  @Test
  void waitsForTheEndAndMirrorsTheRunsExitCode() throws Exception {
    String name = "awaited";
    Path log = directory.resolve(name);
    List<String> submit =
        arguments("submit", "--repo", REPO, "--output", output, "--name", name, "--wait");
    try (CommandProcess waiting =
        CommandProcess.start(
            Main.class.getName(), log, System.getProperty("java.class.path"), submit)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> waiting.output().contains("no pod yet"));
      fake.runsAndLogs(name, "7 of 9 files");
      await().atMost(Duration.ofSeconds(30)).until(() -> waiting.output().contains("7 of 9"));

      fake.ends(name, 1);

      assertThat(waiting.exitCode()).isEqualTo(1);
      assertThat(waiting.output()).contains("run awaited: CompletedWithProblems after 1h 30m");
    }
  }

  @Test
  void saysThatTheRunGoesOnWhenSomebodyStopsWaiting() throws Exception {
    Path log = directory.resolve("stopped");
    List<String> submit =
        arguments("submit", "--repo", REPO, "--output", output, "--name", "on", "--follow");
    try (CommandProcess waiting =
        CommandProcess.start(
            Main.class.getName(), log, System.getProperty("java.class.path"), submit)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> waiting.output().contains("no pod yet"));

      waiting.stop();

      assertThat(waiting.output())
          .contains("run on goes on in the cluster", "telemetry-inject cancel on");
      assertThat(run("status", "on").out()).contains("Waiting");
    }
  }

  @Test
  void showsLogsAndSaysWhereEachAttemptBegins() {
    submit("--name", "logged");
    fake.runsAndLogs("logged", "first");
    fake.ends("logged", 3);
    fake.runsAndLogs("logged", "second");
    fake.ends("logged", 0);

    Command logs = run("logs", "logged");
    Command followed = run("logs", "logged", "--follow");

    assertThat(logs.out()).isEqualTo("first\nsecond\n");
    assertThat(logs.err()).contains("attempt 1, pod logged-", "attempt 2, pod logged-");
    assertThat(logs.err()).contains("run logged: Succeeded after 1h 30m");
    assertThat(followed.out()).isEqualTo(logs.out());
  }

  @Test
  void cancelsOnceAndDoesNoHarmTwice() {
    submit("--name", "unwanted");

    Command first = run("cancel", "unwanted");
    Command second = run("cancel", "unwanted");

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).contains("is being ended");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("no run named unwanted");
  }

  @Test
  void refusesASecondRunToOneOutputInThreeParts() {
    submit("--name", "first");

    Command second = submit("--name", "second");

    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.err())
        .startsWith("telemetry-inject: run first writes to " + output + " already\n  Wait for it")
        .doesNotContain("\tat ");
    assertThat(submit("--name", "second", "--verbose").err()).contains("\tat ");
    assertThat(submit("--name", "third", "--allow-parallel").exitCode()).isZero();
  }

  @Test
  void neverShowsCredentialsThatAUrlHolds() {
    Command refused =
        run("submit", "--repo", "https://jane:s3cret@git.example.com/shop.git", "--output", output);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.out() + refused.err()).contains(".netrc").doesNotContain("s3cret");
  }

  @Test
  void explainsUsageOfTheCommandThatWasMeant() {
    Command missing = run("submit", "--repo", REPO);
    Command odd = submit("--deadline", "soon");

    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("--output", "telemetry-inject submit --help");
    assertThat(odd.exitCode()).isEqualTo(2);
    assertThat(odd.err()).contains("'soon' is no span such as 8h");
  }
}
