package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.analyzer.AnalyzerWorker;
import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.executor.ExecutorWorker;
import io.telemetryinject.generator.GeneratorWorker;
import io.telemetryinject.inject.TestBucket;
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

/**
 * Starts workers as processes of their own, which share a key and, if nothing else is said, a
 * cache.
 */
final class WorkerProcesses {
  private final Path directory;
  private int started;

  WorkerProcesses(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("key"));
    SigningKeys.openOrCreate(key());
  }

  /** A worker that runs, and the port of its health and its figures. */
  record Worker(CommandProcess process, int port) implements AutoCloseable {
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

  /** Options of workers that share nothing but broker and bucket. */
  static String[] cacheIn(TestBucket bucket) {
    return new String[] {
      "--telemetry-inject.cache=s3://bucket/nightly",
      "--telemetry-inject.s3.endpoint=" + bucket.endpoint()
    };
  }

  Worker analyzer(EmbeddedBroker broker, String... more) throws IOException {
    return worker(
        AnalyzerWorker.class, broker, "--telemetry-inject.public-key=" + key() + ".pub", more);
  }

  Worker generator(EmbeddedBroker broker, String... more) throws IOException {
    return worker(GeneratorWorker.class, broker, "--telemetry-inject.signing-key=" + key(), more);
  }

  Worker executor(EmbeddedBroker broker, String... more) throws IOException {
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

  CommandProcess application(Class<?> application, EmbeddedBroker broker, int port, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--server.port=" + port);
    arguments.add("--telemetry-inject.python=" + CommandProcess.PYTHON);
    arguments.addAll(List.of(more));
    Path log = directory.resolve(application.getSimpleName() + "-" + ++started + ".log");
    return CommandProcess.start(
        application.getName(), log, System.getProperty("java.class.path"), arguments);
  }

  Path cache() {
    return directory.resolve("cache");
  }

  Path key() {
    return directory.resolve("key").resolve("signing-key");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
