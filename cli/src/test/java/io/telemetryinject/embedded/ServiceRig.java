package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.analyzer.AnalyzerMessaging;
import io.telemetryinject.analyzer.FunctionAnalyzer;
import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.job.CoordinatorJob;
import io.telemetryinject.executor.ExecutorMessaging;
import io.telemetryinject.executor.FunctionExecutor;
import io.telemetryinject.generator.GeneratorMessaging;
import io.telemetryinject.generator.ScriptRequests;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.IOException;
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
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A broker and, when they are wanted, workers in this process; services as processes beside it. */
final class ServiceRig implements AutoCloseable {
  static final String TOKEN = "the-token-of-these-tests-0123456789";
  static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path directory;
  private final Engine engine;
  private final EmbeddedBroker broker;
  private ConfigurableApplicationContext workers;
  private int started;

  ServiceRig(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("in"));
    Files.createDirectories(directory.resolve("out"));
    Files.writeString(token(), TOKEN + "\n");
    this.engine =
        Engine.open(
            new EngineSettings(
                directory.resolve("cache"),
                directory.resolve("key").resolve("signing-key"),
                CommandProcess.PYTHON,
                SandboxMode.STRICT,
                2));
    this.broker = KraftBroker.start(directory.resolve("broker"));
  }

  /** Until then, runs wait for outcomes that nobody makes. */
  void startWorkers() {
    workers =
        new PipelineContext(broker.bootstrapServers(), engine.workers())
            .with(FunctionAnalyzer.class, engine.analyzer())
            .with(ScriptRequests.class, engine.requests())
            .with(FunctionExecutor.class, engine.executor())
            .start(AnalyzerMessaging.class, GeneratorMessaging.class, ExecutorMessaging.class);
  }

  /** What a run in this process makes of a tree of {@link #in}. */
  Map<String, String> inProcess(String tree) throws Exception {
    Path output = directory.resolve("expected-" + tree);
    RunRequest request =
        new RunRequest(
            in().resolve(tree),
            new Destination.Tree(output),
            new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false),
            List.of(),
            List.of(),
            Set.of(),
            2,
            Duration.ofMinutes(1));
    new LocalRun(engine).run(request, RunListener.silent());
    return TestTree.contents(output);
  }

  Path in() {
    return directory.resolve("in");
  }

  Path out() {
    return directory.resolve("out");
  }

  Path work() {
    return directory.resolve("work");
  }

  Path token() {
    return directory.resolve("token");
  }

  /** A service that may read {@link #in} and write {@link #out}, once it is up. */
  Service service(String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--telemetry-inject.service.enabled=true");
    arguments.add("--telemetry-inject.service.allowed-inputs=" + in());
    arguments.add("--telemetry-inject.service.allowed-outputs=" + out());
    arguments.addAll(List.of(more));
    Service service = coordinator(arguments.toArray(String[]::new));
    service.awaitHealth();
    return service;
  }

  /** The coordinator's application, as a service or a job. */
  Service coordinator(String... more) throws IOException {
    int port = WorkerProcesses.freePort();
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--server.port=" + port);
    arguments.add("--telemetry-inject.work-dir=" + work());
    arguments.add("--telemetry-inject.python=" + CommandProcess.PYTHON);
    arguments.addAll(List.of(more));
    Path log = directory.resolve("coordinator-" + ++started + ".log");
    String classPath = System.getProperty("java.class.path");
    return new Service(
        CommandProcess.start(CoordinatorJob.class.getName(), log, classPath, arguments), port);
  }

  /** A coordinator that runs, and how it is asked. */
  record Service(CommandProcess process, int port) implements AutoCloseable {
    URI uri(String path) {
      return URI.create("http://127.0.0.1:" + port + path);
    }

    void awaitHealth() {
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .failFast("the service ended", () -> !process.isAlive())
          .until(() -> get("/actuator/health/liveness").statusCode() == 200);
    }

    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(uri(path))
          .timeout(Duration.ofSeconds(30))
          .header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> get(String path) throws Exception {
      return send(request(path));
    }

    HttpResponse<String> post(Map<String, ?> order) throws Exception {
      return post(JSON.writeValueAsString(order));
    }

    HttpResponse<String> post(String body) throws Exception {
      return send(
          request("/api/v1/runs")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String name) throws Exception {
      return send(request("/api/v1/runs/" + name).DELETE());
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of a run's events until the stream ends. */
    List<String> events(String name) throws Exception {
      HttpRequest request =
          request("/api/v1/runs/" + name + "/events")
              .timeout(Duration.ofMinutes(2))
              .header("Last-Event-ID", "7")
              .build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofLines()).body().toList();
    }

    JsonNode status(String name) throws Exception {
      return JSON.readTree(get("/api/v1/runs/" + name).body()).path("status");
    }

    JsonNode awaitState(String name, String... states) throws Exception {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .failFast("the service ended", () -> !process.isAlive())
          .untilAsserted(
              () -> assertThat(status(name).path("state").asString()).isIn((Object[]) states));
      return status(name);
    }

    @Override
    public void close() throws Exception {
      process.close();
    }
  }

  @Override
  public void close() throws IOException {
    if (workers != null) {
      workers.close();
    }
    broker.close();
    engine.close();
  }
}
