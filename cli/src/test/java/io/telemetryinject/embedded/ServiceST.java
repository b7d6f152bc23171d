package io.telemetryinject.embedded;

import static io.telemetryinject.embedded.ServiceRig.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cli.TestTree;
import io.telemetryinject.embedded.ServiceRig.Service;
import io.telemetryinject.inject.TestBucket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A coordinator that stays, asked over HTTP; it was killed in the middle of its first run. */
class ServiceST {
  private static final String KILLED = "killed";

  @TempDir private static Path directory;
  private static ServiceRig rig;
  private static Service service;

  /** A run is under way when the service is killed; workers come, and the service comes again. */
  @BeforeAll
  static void killTheServiceInTheMiddleOfARun() throws Exception {
    rig = new ServiceRig(directory);
    TestTree.generate(rig.in().resolve(KILLED), 20);
    String token = "--telemetry-inject.service.token-file=" + rig.token();
    try (Service first = rig.service(token)) {
      HttpResponse<String> taken = first.post(order(KILLED, KILLED));
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
      JsonNode status = first.awaitState(KILLED, "RUNNING");
      assertThat(status.path("tasksDecided").asInt()).isZero();
      first.process().kill();
    }
    rig.startWorkers();
    service = rig.service(token);
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    rig.close();
  }

  private static Map<String, Object> order(String name, String tree) {
    Map<String, Object> order = new HashMap<>();
    order.put("name", name);
    order.put("input", rig.in().resolve(tree).toString());
    order.put("output", rig.out().resolve(name).toString());
    return order;
  }

  @Test
  void resumesByItselfWhatItWasKilledIn() throws Exception {
    JsonNode status = service.awaitState(KILLED, "COMPLETED", "REFUSED", "STOPPED");

    assertThat(status.path("state").asString()).as(status.toString()).isEqualTo("COMPLETED");
    assertThat(status.path("outcomes").path("applied").asInt()).isEqualTo(60);
    TestTree.assertSame(TestTree.contents(rig.out().resolve(KILLED)), rig.inProcess(KILLED));
  }

  @Test
  void takesARunAndTellsItLiveToItsEnd() throws Exception {
    TestTree.generate(rig.in().resolve("followed"), 60);

    HttpResponse<String> taken = service.post(order("followed", "followed"));
    List<String> events = service.events("followed");

    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    assertThat(taken.headers().firstValue("Location")).hasValue("/api/v1/runs/followed");
    assertThat(events).contains("event: status", "event: end");
    List<JsonNode> statuses =
        events.stream()
            .filter(line -> line.startsWith("data: ") && line.contains("status"))
            .map(line -> JSON.readTree(line.substring(6)).path("status"))
            .toList();
    assertThat(statuses).extracting(s -> s.path("filesWritten").asInt()).isSorted();
    JsonNode last = statuses.get(statuses.size() - 1);
    assertThat(last.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(last.path("functions").asInt()).isEqualTo(180);
    assertThat(last.path("tasksDecided").asInt()).isEqualTo(180);
  }

  @Test
  void tellsWhatARunDidFileByFile() throws Exception {
    Path tree = rig.in().resolve("files");
    TestTree.generate(tree, 3);
    Files.writeString(tree.resolve("broken.py"), "def broken(:\n");
    service.post(order("files", "files"));
    service.awaitState("files", "COMPLETED");

    JsonNode report = JSON.readTree(service.get("/api/v1/runs/files/report").body());
    JsonNode changed = JSON.readTree(service.get("/api/v1/runs/files/files?changed=true").body());
    JsonNode second =
        JSON.readTree(service.get("/api/v1/runs/files/files?filter=PART&offset=1&limit=1").body());
    JsonNode diff =
        JSON.readTree(service.get("/api/v1/runs/files/files/diff?path=shop/part001.py").body());

    assertThat(report.path("outcomes").path("applied").asInt()).isEqualTo(9);
    assertThat(changed.path("total").asInt()).isEqualTo(3);
    assertThat(second.path("total").asInt()).isEqualTo(3);
    assertThat(second.path("files").path(0).path("path").asString()).isEqualTo("shop/part001.py");
    assertThat(second.path("files").path(0).path("applied").asInt()).isEqualTo(3);
    assertThat(text(diff, false)).isEqualTo(Files.readString(tree.resolve("shop/part001.py")));
    assertThat(text(diff, true)).contains("_tel.func_entry('Part1.price'");
    JsonNode failure = service.status("files").path("failures").path(0);
    assertThat(failure.path("path").asString()).isEqualTo("broken.py");
    assertThat(failure.path("reason").asString()).isEqualTo("PARSE");
  }

  private static String text(JsonNode diff, boolean inserted) {
    return StreamSupport.stream(diff.path("segments").spliterator(), false)
        .filter(segment -> segment.path("inserted").asBoolean() == inserted)
        .map(segment -> segment.path("text").asString())
        .collect(Collectors.joining());
  }

  @Test
  void carriesOutSeveralAtOnceButNeverTwoToOneOutput() throws Exception {
    TestTree.generate(rig.in().resolve("several"), 200);
    Map<String, Object> inside = order("inside", "several");
    inside.put("output", rig.out().resolve("one").resolve("below").toString());

    HttpResponse<String> one = service.post(order("one", "several"));
    HttpResponse<String> other = service.post(order("other", "several"));
    HttpResponse<String> collision = service.post(inside);

    assertThat(List.of(one.statusCode(), other.statusCode())).containsOnly(201);
    assertThat(collision.statusCode()).as(collision.body()).isEqualTo(409);
    assertThat(collision.body()).contains("run one writes there already");
    service.awaitState("one", "COMPLETED");
    service.awaitState("other", "COMPLETED");
    TestTree.assertSame(
        TestTree.contents(rig.out().resolve("one/shop")),
        TestTree.contents(rig.out().resolve("other/shop")));
  }

  /** Nobody works on this prefix: runs wait for ever. */
  @Test
  void cancelsItsOwnRunsForGoodAndLeavesJobsToTheirCluster() throws Exception {
    TestTree.generate(rig.in().resolve("cancelled"), 2);
    String quiet = "--telemetry-inject.messaging.topic-prefix=quiet.";
    String work = "--telemetry-inject.work-dir=" + directory.resolve("quiet");
    try (Service alone = rig.service(quiet, work);
        Service job =
            rig.coordinator(
                quiet,
                "--telemetry-inject.run-name=job",
                "--telemetry-inject.input=" + rig.in().resolve("cancelled"),
                "--telemetry-inject.output=" + directory.resolve("stopped"))) {
      alone.post(order("cancelled", "cancelled"));
      alone.awaitState("cancelled", "RUNNING");
      alone.awaitState("job", "RUNNING");

      HttpResponse<String> own = alone.delete("cancelled");
      HttpResponse<String> foreign = alone.delete("job");
      job.process().stop();

      assertThat(own.statusCode()).isEqualTo(202);
      assertThat(foreign.statusCode()).isEqualTo(409);
      assertThat(foreign.body()).contains("telemetry-inject cancel job");
      alone.awaitState("cancelled", "CANCELLED");
      alone.awaitState("job", "STOPPED");
      assertThat(alone.delete("cancelled").statusCode()).isEqualTo(409);
      alone.process().kill();
    }
    try (Service again = rig.service(quiet, work)) {
      assertThat(again.status("cancelled").path("state").asString()).isEqualTo("CANCELLED");
    }
  }

  /** The second night's job finds nothing on its machine but what the bucket holds. */
  @Test
  void jobsCarryACommitToABucketAndBuildOnItTheNextNight() throws Exception {
    Path repository = Files.createDirectories(directory.resolve("repository"));
    TestTree.generate(repository, 3);
    git(repository, "init", "-q", "-b", "main");
    git(repository, "add", "-A");
    git(repository, "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "x");
    try (TestBucket bucket = new TestBucket(directory.resolve("s3"))) {
      String first = night("first", repository, bucket);
      String second = night("second", repository, bucket);

      assertThat(first).contains("(main)", "no complete result lies at s3://bucket/nightly yet");
      assertThat(second).contains("files fetched from s3://bucket/nightly", "0 of ");
    }
    assertThat(directory.resolve("s3/bucket/nightly/shop/part001.py"))
        .content()
        .contains("_tel.func_entry");
    assertThat(service.status("first").path("output").asString()).isEqualTo("s3://bucket/nightly");
  }

  private static String night(String name, Path repository, TestBucket bucket) throws Exception {
    try (Service job =
        rig.coordinator(
            "--logging.level.io.telemetryinject=info",
            "--telemetry-inject.run-name=" + name,
            "--telemetry-inject.work-dir=" + directory.resolve(name),
            "--telemetry-inject.input=file://" + repository,
            "--telemetry-inject.ref=main",
            "--telemetry-inject.incremental=true",
            "--telemetry-inject.output=s3://bucket/nightly",
            "--telemetry-inject.s3.endpoint=" + bucket.endpoint(),
            "--telemetry-inject.s3.region=us-east-1")) {
      assertThat(job.process().exitCode()).as(job.process().output()).isZero();
      return job.process().output();
    }
  }

  private static void git(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).inheritIO().start();
    assertThat(git.waitFor()).isZero();
  }

  @Test
  void showsRunsOfJobsButLeavesThemToTheirCoordinators() throws Exception {
    TestTree.generate(rig.in().resolve("job"), 2);
    try (Service job =
        rig.coordinator(
            "--logging.level.io.telemetryinject=info",
            "--telemetry-inject.run-name=nightly",
            "--telemetry-inject.input=" + rig.in().resolve("job"),
            "--telemetry-inject.output=" + directory.resolve("job.patch"),
            "--telemetry-inject.report=" + directory.resolve("job.json"))) {
      assertThat(job.process().exitCode()).as(job.process().output()).isZero();
      assertThat(job.process().output()).contains("3 source files");
    }

    service.awaitState("nightly", "COMPLETED");
    assertThat(service.get("/api/v1/runs/nightly").body()).contains("\"here\":false");
    assertThat(service.get("/api/v1/runs").body()).contains("\"nightly\"", "\"killed\"");
    assertThat(service.get("/api/v1/runs/nightly/report").statusCode()).isEqualTo(404);
    assertThat(service.events("nightly")).contains("event: end");
    assertThat(Files.readString(directory.resolve("job.json"))).contains("\"applied\" : 6");
  }

  @Test
  void jobsEndWithAdviceWhenTheirInputIsNone() throws Exception {
    try (Service job =
        rig.coordinator(
            "--telemetry-inject.input=" + directory.resolve("missing"),
            "--telemetry-inject.output=" + directory.resolve("nothing"))) {
      assertThat(job.process().exitCode()).isEqualTo(2);
      assertThat(job.process().output())
          .contains("missing is not a directory. Name an existing directory")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void saysOfEachFieldWhatIsWrong() throws Exception {
    HttpResponse<String> nothing = service.post("{}");
    HttpResponse<String> unknown = service.post("{\"python\": \"/bin/sh\"}");
    HttpResponse<String> wrongKind = service.post("{\"includes\": \"*.py\"}");
    HttpResponse<String> noJson = service.post("input=x");

    for (HttpResponse<String> answer : List.of(nothing, unknown, wrongKind, noJson)) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(nothing.body()).contains("\"field\":\"input\"", "\"field\":\"output\"");
    assertThat(unknown.body()).contains("\"field\":\"python\"");
    assertThat(wrongKind.body()).contains("\"field\":\"includes\"");
  }
}
