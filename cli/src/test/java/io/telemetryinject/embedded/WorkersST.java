package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.analyzer.AnalyzerWorker;
import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.job.CoordinatorJob;
import io.telemetryinject.executor.ExecutorWorker;
import io.telemetryinject.generator.GeneratorWorker;
import io.telemetryinject.inject.TestBucket;
import io.telemetryinject.model.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each worker a process of its own, the coordinator another, a broker between them. */
class WorkersST {
  private static final Path SHOP = Path.of("..", "examples", "shop");

  @TempDir private Path directory;

  private record Worker(CommandProcess process, int port) implements AutoCloseable {
    String get(String path) throws Exception {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      return response.body();
    }

    /** Waits until it is up. */
    void awaitHealth() {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(300))
          .ignoreExceptions()
          .failFast("the worker ended", () -> !process.isAlive())
          .untilAsserted(() -> assertThat(get("/actuator/health")).contains("\"status\":\"UP\""));
    }

    @Override
    public void close() throws Exception {
      process.close();
    }
  }

  @Test
  void instrumentsATreeWithWorkersThatShareNothingButBrokerAndBucket() throws Exception {
    SigningKeys.openOrCreate(key());
    try (TestBucket bucket = new TestBucket(directory.resolve("s3"));
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        Worker analyzer = analyzer(broker, cacheIn(bucket));
        Worker generator = generator(broker, cacheIn(bucket));
        Worker executor = executor(broker, cacheIn(bucket))) {
      List<Worker> workers = List.of(analyzer, generator, executor);
      for (Worker worker : workers) {
        worker.awaitHealth();
      }

      Map<String, String> written = run("distributed", "--kafka", broker.bootstrapServers());

      TestTree.assertSame(written, run("in-process"));
      assertThat(directory.resolve("s3/bucket/nightly/scripts/python")).isNotEmptyDirectory();
      assertThat(analyzer.get("/actuator/prometheus"))
          .containsPattern(sample("functions_total", "outcome=\"described\",stage=\"analyzer\""))
          .containsPattern(sample("cache_lookups_total", "result=\"miss\""));
      assertThat(generator.get("/actuator/prometheus"))
          .containsPattern(sample("script_generations_total", ""))
          .containsPattern(sample("functions_total", "outcome=\"forwarded\",stage=\"generator\""));
      assertThat(executor.get("/actuator/prometheus"))
          .containsPattern(sample("executions_seconds_count", ""))
          .containsPattern(sample("functions_total", "outcome=\"applied\",stage=\"executor\""));
      for (Worker worker : workers) {
        worker.process().stop();
      }
    }
  }

  private static String[] cacheIn(TestBucket bucket) {
    return new String[] {
      "--telemetry-inject.cache=s3://bucket/nightly",
      "--telemetry-inject.s3.endpoint=" + bucket.endpoint()
    };
  }

  /** On a broker that has no topics yet, each wants another number of partitions. */
  @Test
  void startsInAnyOrderTheCoordinatorsOwnApplicationIncluded() throws Exception {
    SigningKeys.openOrCreate(key());
    Path output = directory.resolve("job");
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        CommandProcess coordinator =
            application(
                CoordinatorJob.class,
                broker,
                freePort(),
                "--telemetry-inject.input=" + SHOP.toAbsolutePath().normalize(),
                "--telemetry-inject.output=" + output,
                "--telemetry-inject.messaging.partitions=3");
        Worker analyzer = analyzer(broker, "--telemetry-inject.messaging.partitions=5");
        Worker generator = generator(broker, "--telemetry-inject.messaging.partitions=4");
        Worker executor = executor(broker, "--telemetry-inject.messaging.partitions=2")) {
      assertThat(coordinator.exitCode()).as(coordinator.output()).isZero();
      assertThat(List.of(analyzer, generator, executor)).allMatch(w -> w.process().isAlive());
    }

    TestTree.assertSame(TestTree.contents(output), run("in-process"));
  }

  @Test
  void findsOutcomesOnPartitionsThatAppearUnderARun() throws Exception {
    SigningKeys.openOrCreate(key());
    Path output = directory.resolve("distributed");
    Path log = directory.resolve("distributed.log");
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        CommandProcess run =
            CommandProcess.start(log, arguments(output, "--kafka", broker.bootstrapServers()))) {
      await().atMost(Duration.ofMinutes(1)).until(() -> run.output().contains("functions found"));
      multiplyPartitions(broker);

      try (Worker analyzer = analyzer(broker);
          Worker generator = generator(broker);
          Worker executor = executor(broker)) {
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
    arguments.addAll(List.of("--cache-dir", cache().toString()));
    arguments.addAll(List.of("--signing-key", key().toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Worker analyzer(EmbeddedBroker broker, String... more) throws IOException {
    return worker(
        AnalyzerWorker.class, broker, "--telemetry-inject.public-key=" + key() + ".pub", more);
  }

  private Worker generator(EmbeddedBroker broker, String... more) throws IOException {
    return worker(GeneratorWorker.class, broker, "--telemetry-inject.signing-key=" + key(), more);
  }

  private Worker executor(EmbeddedBroker broker, String... more) throws IOException {
    return worker(
        ExecutorWorker.class, broker, "--telemetry-inject.public-key=" + key() + ".pub", more);
  }

  private Worker worker(
      Class<?> application, EmbeddedBroker broker, String keyOption, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--telemetry-inject.cache-dir=" + cache());
    arguments.add(keyOption);
    arguments.addAll(List.of(more));
    int port = freePort();
    return new Worker(
        application(application, broker, port, arguments.toArray(String[]::new)), port);
  }

  private CommandProcess application(
      Class<?> application, EmbeddedBroker broker, int port, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--server.port=" + port);
    arguments.add("--telemetry-inject.python=" + CommandProcess.PYTHON);
    arguments.addAll(List.of(more));
    Path log = directory.resolve(application.getSimpleName() + ".log");
    return CommandProcess.start(
        application.getName(), log, System.getProperty("java.class.path"), arguments);
  }

  private Path cache() {
    return directory.resolve("cache");
  }

  private Path key() throws IOException {
    return Files.createDirectories(directory.resolve("key")).resolve("signing-key");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
