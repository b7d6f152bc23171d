package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.job.CoordinatorJob;
import io.telemetryinject.embedded.WorkerProcesses.Worker;
import io.telemetryinject.inject.TestBucket;
import io.telemetryinject.model.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each worker a process of its own, the coordinator another, a broker between them. */
class WorkersST {
  private static final Path SHOP = Path.of("..", "examples", "shop");

  @TempDir private Path directory;

  private WorkerProcesses processes;

  @BeforeEach
  void makeKey() throws IOException {
    processes = new WorkerProcesses(directory);
  }

  @Test
  void instrumentsATreeWithWorkersThatShareNothingButBrokerAndBucket() throws Exception {
    try (TestBucket bucket = new TestBucket(directory.resolve("s3"));
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        Worker analyzer = processes.analyzer(broker, WorkerProcesses.cacheIn(bucket));
        Worker generator = processes.generator(broker, WorkerProcesses.cacheIn(bucket));
        Worker executor = processes.executor(broker, WorkerProcesses.cacheIn(bucket))) {
      List<Worker> workers = List.of(analyzer, generator, executor);
      for (Worker worker : workers) {
        worker.awaitHealth();
      }

      Map<String, String> written = run("distributed", "--kafka", broker.bootstrapServers());

      TestTree.assertSame(written, run("in-process"));
      assertThat(directory.resolve("s3/bucket/nightly/scripts/python")).isNotEmptyDirectory();
      assertThat(analyzer.get("/actuator/prometheus"))
          .containsPattern(
              sample("functions_total", "outcome=\"described\",reason=\"none\",stage=\"analyzer\""))
          .containsPattern(sample("cache_lookups_total", "reason=\"new_shape\",result=\"miss\""));
      assertThat(generator.get("/actuator/prometheus"))
          .containsPattern(sample("scripts_total", "origin=\"template\""))
          .containsPattern(
              sample(
                  "functions_total", "outcome=\"forwarded\",reason=\"none\",stage=\"generator\""));
      assertThat(executor.get("/actuator/prometheus"))
          .containsPattern(sample("execution_function_seconds_count", ""))
          .containsPattern(
              sample("functions_total", "outcome=\"applied\",reason=\"none\",stage=\"executor\""));
      for (Worker worker : workers) {
        worker.process().stop();
      }
    }
  }

  /** On a broker that has no topics yet, each wants another number of partitions. */
  @Test
  void startsInAnyOrderTheCoordinatorsOwnApplicationIncluded() throws Exception {
    Path output = directory.resolve("job");
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        CommandProcess coordinator =
            processes.application(
                CoordinatorJob.class,
                broker,
                WorkerProcesses.freePort(),
                "--telemetry-inject.input=" + SHOP.toAbsolutePath().normalize(),
                "--telemetry-inject.output=" + output,
                "--telemetry-inject.messaging.partitions=3");
        Worker analyzer = processes.analyzer(broker, "--telemetry-inject.messaging.partitions=5");
        Worker generator =
            processes.generator(broker, "--telemetry-inject.messaging.partitions=4");
        Worker executor = processes.executor(broker, "--telemetry-inject.messaging.partitions=2")) {
      assertThat(coordinator.exitCode()).as(coordinator.output()).isZero();
      assertThat(List.of(analyzer, generator, executor)).allMatch(w -> w.process().isAlive());
    }

    TestTree.assertSame(TestTree.contents(output), run("in-process"));
  }

  @Test
  void endsWithAdviceWhenItsCacheCannotBeUsed() throws Exception {
    try (TestBucket bucket = new TestBucket(directory.resolve("s3"));
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"))) {
      bucket.remove();
      String[] options = WorkerProcesses.cacheIn(bucket);
      String log = "--logging.level.org.springframework.boot=error";
      try (Worker executor = processes.executor(broker, options[0], options[1], log)) {
        assertThat(executor.process().exitCode()).isEqualTo(1);
        assertThat(executor.process().output())
            .contains("cannot list s3://bucket/nightly/", "Create the bucket, or check its name.")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void findsOutcomesOnPartitionsThatAppearUnderARun() throws Exception {
    Path output = directory.resolve("distributed");
    Path log = directory.resolve("distributed.log");
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        CommandProcess run =
            CommandProcess.start(log, arguments(output, "--kafka", broker.bootstrapServers()))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> run.output().contains("functions found"));
      multiplyPartitions(broker);

      try (Worker analyzer = processes.analyzer(broker);
          Worker generator = processes.generator(broker);
          Worker executor = processes.executor(broker)) {
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(List.of(analyzer, generator, executor)).allMatch(w -> w.process().isAlive());
      }
    }

    TestTree.assertSame(TestTree.contents(output), run("in-process"));
  }

  private static void multiplyPartitions(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Map<String, NewPartitions> more = new HashMap<>();
      for (Topic topic : Topic.values()) {
        more.put(topic.name(Topic.DEFAULT_PREFIX), NewPartitions.increaseTo(48));
      }
      admin.createPartitions(more).all().get();
    }
  }

  /** A line of this metric that has counted something. */
  private static String sample(String metric, String labels) {
    return "(?m)^telemetry_inject_" + metric + "(\\{[^}]*" + labels + "[^}]*\\})? [1-9]";
  }

  private Map<String, String> run(String name, String... more) throws Exception {
    Path output = directory.resolve(name);
    Path log = directory.resolve(name + ".log");
    try (CommandProcess run = CommandProcess.start(log, arguments(output, more))) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    return TestTree.contents(output);
  }

  private List<String> arguments(Path output, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", SHOP.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--cache-dir", processes.cache().toString()));
    arguments.addAll(List.of("--signing-key", processes.key().toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }
}
