package io.telemetryinject.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.deploy.Dashboard;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with our rules that scrapes every second. */
final class PrometheusProcess implements AutoCloseable {
  private static final Duration HISTORY = Duration.ofMinutes(10);

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper mapper = new JsonMapper();

  private PrometheusProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param targets ports by the name of their job
   */
  static PrometheusProcess start(Path program, Path directory, Map<String, Integer> targets)
      throws IOException {
    Path rules = Dashboard.FILES.resolve("rules").toRealPath();
    StringBuilder config = new StringBuilder();
    config.append("global: {scrape_interval: 1s, evaluation_interval: 1s}\n");
    config.append("rule_files: ['").append(rules).append("/*.yaml']\nscrape_configs:\n");
    targets.forEach(
        (job, port) ->
            config.append(
                """
                  - job_name: %s
                    metrics_path: /actuator/prometheus
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """
                    .formatted(job, port)));
    Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
    int port = WorkerProcesses.freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    PrometheusProcess prometheus = new PrometheusProcess(process, port);
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .failFast("Prometheus ended", () -> !process.isAlive())
        .until(() -> prometheus.ask("/api/v1/status/runtimeinfo").isObject());
    return prometheus;
  }

  /** Every value that an expression had since the beginning; throws when it does not parse. */
  JsonNode values(String expression) throws Exception {
    Instant now = Instant.now();
    return ask("/api/v1/query_range?step=2&start=%d&end=%d&query=%s"
            .formatted(
                now.minus(HISTORY).getEpochSecond(),
                now.getEpochSecond(),
                URLEncoder.encode(expression, UTF_8)))
        .path("result");
  }

  /** Answers of the HTTP API, without their envelope. */
  JsonNode ask(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonNode answer = mapper.readTree(body);
    assertThat(answer.path("status").asString("")).as(body).isEqualTo("success");
    return answer.path("data");
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
  }
}
