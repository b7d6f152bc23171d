package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.analyzer.AnalyzerWorker;
import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.executor.ExecutorWorker;
import io.telemetryinject.generator.GeneratorWorker;
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
import java.util.List;
import java.util.Map;
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
  void instrumentsATreeWithWorkersThatShareNothingButBrokerAndCache() throws Exception {
    SigningKeys.openOrCreate(key());
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        Worker analyzer =
            start(AnalyzerWorker.class, broker, "--telemetry-inject.public-key=" + key() + ".pub");
        Worker generator =
            start(GeneratorWorker.class, broker, "--telemetry-inject.signing-key=" + key());
        Worker executor =
            start(
                ExecutorWorker.class, broker, "--telemetry-inject.public-key=" + key() + ".pub")) {
      analyzer.awaitHealth();
      generator.awaitHealth();
      executor.awaitHealth();

      Map<String, String> written = run("distributed", "--kafka", broker.bootstrapServers());

      TestTree.assertSame(written, run("in-process"));
      assertThat(analyzer.get("/actuator/prometheus"))
          .containsPattern(sample("functions_total", "outcome=\"described\",stage=\"analyzer\""))
          .containsPattern(sample("cache_lookups_total", "result=\"miss\""));
      assertThat(generator.get("/actuator/prometheus"))
          .containsPattern(sample("script_generations_total", ""))
          .containsPattern(sample("functions_total", "outcome=\"forwarded\",stage=\"generator\""));
      assertThat(executor.get("/actuator/prometheus"))
          .containsPattern(sample("executions_seconds_count", ""))
          .containsPattern(sample("functions_total", "outcome=\"applied\",stage=\"executor\""));
      for (Worker worker : List.of(analyzer, generator, executor)) {
        worker.process().stop();
      }
    }
  }

  /** A line of this metric that has counted something. */
  private static String sample(String metric, String labels) {
    return "(?m)^telemetry_inject_" + metric + "(\\{[^}]*" + labels + "[^}]*\\})? [1-9]";
  }

  private Map<String, String> run(String name, String... more) throws Exception {
    Path output = directory.resolve(name);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", SHOP.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--cache-dir", cache().toString()));
    arguments.addAll(List.of("--signing-key", key().toString()));
    arguments.addAll(List.of(more));
    try (CommandProcess run = CommandProcess.start(directory.resolve(name + ".log"), arguments)) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    return TestTree.contents(output);
  }

  private Worker start(Class<?> application, EmbeddedBroker broker, String keyOption)
      throws IOException {
    int port = freePort();
    List<String> arguments =
        List.of(
            "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--server.port=" + port,
            "--telemetry-inject.cache-dir=" + cache(),
            "--telemetry-inject.python=" + CommandProcess.PYTHON,
            "--telemetry-inject.messaging.partitions=2",
            keyOption);
    Path log = directory.resolve(application.getSimpleName() + ".log");
    return new Worker(
        CommandProcess.start(
            application.getName(), log, System.getProperty("java.class.path"), arguments),
        port);
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
