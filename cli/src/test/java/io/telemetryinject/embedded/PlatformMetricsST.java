package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.job.CoordinatorJob;
import io.telemetryinject.deploy.Dashboard;
import io.telemetryinject.deploy.Dashboard.Panel;
import io.telemetryinject.deploy.DebianTool;
import io.telemetryinject.deploy.DocumentedMetric;
import io.telemetryinject.embedded.WorkerProcesses.Worker;
import io.telemetryinject.inject.TestBucket;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.WritingModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two runs over workers with a model, seen by a real Prometheus: what is documented is there, what
 * is there is documented, every panel shows something and every rule can be evaluated.
 */
class PlatformMetricsST {
  private static final String JOB = "telemetry-inject-";

  @TempDir private Path directory;

  @Test
  void showsARunInEveryPanel() throws Exception {
    Path program = DebianTool.find("prometheus", "prometheus");
    Path tree = TestTree.generate(directory.resolve("tree"), 25);
    WorkerProcesses processes = new WorkerProcesses(directory);
    int coordinator = WorkerProcesses.freePort();
    try (LlmStub stub = LlmStub.start(WritingModel.ofOwnShape().wrongAtFirst());
        TestBucket bucket = new TestBucket(directory.resolve("s3"));
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        Worker analyzer = processes.analyzer(broker, WorkerProcesses.cacheIn(bucket));
        Worker generator = processes.generator(broker, asking(stub, bucket));
        Worker executor = processes.executor(broker, WorkerProcesses.cacheIn(bucket));
        PrometheusProcess prometheus =
            PrometheusProcess.start(
                program, directory, targets(analyzer, generator, executor, coordinator))) {
      for (Worker worker : List.of(analyzer, generator, executor)) {
        worker.awaitHealth();
      }
      // The second run finds its scripts in the cache.
      for (String output : List.of("first", "second")) {
        try (CommandProcess run =
            processes.application(
                CoordinatorJob.class,
                broker,
                coordinator,
                "--telemetry-inject.input=" + tree,
                "--telemetry-inject.output=" + directory.resolve(output),
                "--telemetry-inject.last-scrape=10s")) {
          assertThat(run.exitCode()).as(run.output()).isZero();
        }
      }

      assertDocumentedAndServedAreTheSame(prometheus);
      assertThat(largest(prometheus, "telemetry_inject_consumer_lag_records{group='generator'}"))
          .isPositive();
      assertThat(largest(prometheus, "telemetry_inject_cost_avoided_usd_total{by='cache'}"))
          .isPositive();
      List<Panel> panels = new ArrayList<>();
      Dashboard.all().forEach(dashboard -> panels.addAll(dashboard.panels()));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(problems(prometheus, panels)).isEmpty());
      assertRulesCanBeEvaluated(prometheus);

      // The control: what is misspelt has no data, what is malformed does not parse.
      List<Panel> planted =
          List.of(
              new Panel("misspelt", List.of("rate(telemetry_inject_functionz_total[1m])")),
              new Panel("malformed", List.of("sum by (stage (telemetry_inject_functions_total)")));
      assertThat(problems(prometheus, planted))
          .anyMatch(problem -> problem.startsWith("misspelt shows nothing"))
          .anyMatch(problem -> problem.startsWith("malformed does not parse"));
    }
  }

  private static String[] asking(LlmStub stub, TestBucket bucket) {
    List<String> options = new ArrayList<>(List.of(WorkerProcesses.cacheIn(bucket)));
    String generator = "--telemetry-inject.generator.";
    options.add(generator + "ladder[0].provider=openai");
    options.add(generator + "ladder[0].base-url=" + stub.baseUrl(WireProtocol.OPENAI));
    options.add(generator + "ladder[0].requests-per-minute=600");
    options.add(generator + "ladder[0].tokens-per-minute=0");
    options.add(generator + "daily-max-cost=20");
    return options.toArray(String[]::new);
  }

  private static Map<String, Integer> targets(
      Worker analyzer, Worker generator, Worker executor, int coordinator) {
    Map<String, Integer> targets = new LinkedHashMap<>();
    targets.put(JOB + "analyzer", analyzer.port());
    targets.put(JOB + "generator", generator.port());
    targets.put(JOB + "executor", executor.port());
    targets.put(JOB + "coordinator", coordinator);
    return targets;
  }

  private static void assertDocumentedAndServedAreTheSame(PrometheusProcess prometheus)
      throws Exception {
    Set<String> served = new TreeSet<>();
    for (JsonNode name : prometheus.ask("/api/v1/label/__name__/values")) {
      if (name.asString("").matches("telemetry_inject_[^:]*")) {
        served.add(name.asString(""));
      }
    }
    Set<String> documented = new HashSet<>();
    Set<String> always = new HashSet<>();
    for (DocumentedMetric metric : DocumentedMetric.all(Files.readString(DocumentedMetric.PAGE))) {
      documented.addAll(metric.sampleNames());
      if (!metric.shown().equals("with a run's budget")) {
        always.addAll(metric.sampleNames());
        assertThat(labels(prometheus, metric)).as(metric.name()).isEqualTo(metric.labels());
      }
    }
    assertThat(served).isSubsetOf(documented).containsAll(always);
  }

  private static Set<String> labels(PrometheusProcess prometheus, DocumentedMetric metric)
      throws Exception {
    String sample =
        metric.sampleNames().contains(metric.name()) ? metric.name() : metric.name() + "_count";
    Set<String> labels = new TreeSet<>();
    for (JsonNode name : prometheus.ask("/api/v1/labels?match[]=" + sample)) {
      labels.add(name.asString(""));
    }
    labels.removeAll(Set.of("__name__", "instance", "job"));
    return labels;
  }

  /** Panels that show nothing, or ask what Prometheus does not understand. */
  private static List<String> problems(PrometheusProcess prometheus, List<Panel> panels) {
    List<String> problems = new ArrayList<>();
    for (Panel panel : panels) {
      boolean shows = false;
      for (String expression : panel.expressions()) {
        try {
          shows |= hasNumber(prometheus.values(filledIn(expression)));
        } catch (Exception | AssertionError e) {
          problems.add(panel.title() + " does not parse: " + e.getMessage());
        }
      }
      if (!shows) {
        problems.add(panel.title() + " shows nothing: " + panel.expressions());
      }
    }
    return problems.stream().distinct().toList();
  }

  /** As Grafana fills its variables in. */
  private static String filledIn(String expression) {
    return expression
        .replace("$__rate_interval", "10s")
        .replace("$__range", "10m")
        .replaceAll("\\$(run|model)", ".*");
  }

  private static boolean hasNumber(JsonNode series) {
    for (JsonNode one : series) {
      for (JsonNode sample : one.path("values")) {
        if (Double.isFinite(number(sample))) {
          return true;
        }
      }
    }
    return false;
  }

  private static double largest(PrometheusProcess prometheus, String expression) throws Exception {
    double largest = Double.NEGATIVE_INFINITY;
    for (JsonNode one : prometheus.values(expression)) {
      for (JsonNode sample : one.path("values")) {
        largest = Math.max(largest, number(sample));
      }
    }
    return largest;
  }

  private static double number(JsonNode sample) {
    String text = sample.path(1).asString("NaN");
    return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private static void assertRulesCanBeEvaluated(PrometheusProcess prometheus) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode group : prometheus.ask("/api/v1/rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        names.add(rule.path("name").asString(""));
        assertThat(rule.path("health").asString("")).as(rule.toString()).isEqualTo("ok");
      }
    }
    assertThat(names)
        .contains("TelemetryInjectRunStalled", "TelemetryInjectNightlyRunMissed")
        .contains("stage:telemetry_inject_functions:rate2m");
  }
}
