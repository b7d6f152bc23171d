package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a dashboard must have to be of use in somebody else's Grafana. */
class DashboardsIT {
  private static final int WIDTH = 24;
  private static final Pattern METRIC = Pattern.compile("\\btelemetry_inject_[a-z_]+");

  private final List<Dashboard> dashboards;

  DashboardsIT() throws IOException {
    dashboards = Dashboard.all();
  }

  @Test
  void thereIsOneOfThroughputAndOneOfCost() {
    assertThat(dashboards)
        .extracting(d -> d.json().path("uid").asString(""))
        .containsExactly("telemetry-inject-cost", "telemetry-inject-throughput");
  }

  @Test
  void everyPanelHasWhatAReaderNeeds() {
    dashboards.forEach(d -> assertThat(problems(d.json())).as(d.file().toString()).isEmpty());
  }

  /** The control: each of these is wrong in one way. */
  @Test
  void findsWhatAPanelLacks() {
    for (String field : List.of("description", "gridPos", "fieldConfig", "targets", "id")) {
      ObjectNode broken = (ObjectNode) dashboards.get(0).json().deepCopy();
      ((ObjectNode) broken.path("panels").get(2)).remove(field);
      assertThat(problems(broken)).as(field).isNotEmpty();
    }
    ObjectNode overlapping = (ObjectNode) dashboards.get(0).json().deepCopy();
    ((ObjectNode) overlapping.path("panels").get(2).path("gridPos")).put("x", 0);
    assertThat(problems(overlapping)).anyMatch(problem -> problem.contains("overlaps"));
    ObjectNode elsewhere = (ObjectNode) dashboards.get(0).json().deepCopy();
    ((ObjectNode) elsewhere.path("panels").get(2).path("datasource")).put("uid", "PBFA97CFB5");
    assertThat(problems(elsewhere)).anyMatch(problem -> problem.contains("datasource"));
  }

  @Test
  void asksForDocumentedMetricsOnly() throws IOException {
    String page = Files.readString(DocumentedMetric.PAGE);
    Set<String> documented = new HashSet<>();
    for (DocumentedMetric metric : DocumentedMetric.all(page)) {
      documented.addAll(metric.sampleNames());
    }
    List<String> unknown = new ArrayList<>();
    for (Dashboard dashboard : dashboards) {
      for (Dashboard.Panel panel : dashboard.panels()) {
        // Names with a colon are of recording rules, which promtool and Prometheus know.
        Matcher metric =
            METRIC.matcher(String.join(" ", panel.expressions()).replaceAll("\\w*:[\\w:]*", ""));
        while (metric.find()) {
          if (!documented.contains(metric.group())) {
            unknown.add(panel.title() + ": " + metric.group());
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<String> problems(JsonNode dashboard) {
    List<String> problems = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    if (dashboard.path("schemaVersion").asInt(0) < 41) {
      problems.add("the schema is of an earlier Grafana");
    }
    if (!dashboard
        .path("templating")
        .path("list")
        .path(0)
        .path("type")
        .asString("")
        .equals("datasource")) {
      problems.add("there is no variable for the datasource");
    }
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asString("");
      if (title.isBlank() || !ids.add(panel.path("id").asInt(0)) || !panel.has("id")) {
        problems.add(title + ": no title, or no id of its own");
      }
      place(panel.path("gridPos"), cells).ifPresent(p -> problems.add(title + ": " + p));
      if (!panel.path("type").asString("").equals("row")) {
        content(panel).forEach(problem -> problems.add(title + ": " + problem));
      }
    }
    return problems;
  }

  private static Optional<String> place(JsonNode position, Set<String> cells) {
    int x = position.path("x").asInt(-1);
    int y = position.path("y").asInt(-1);
    int width = position.path("w").asInt(0);
    int height = position.path("h").asInt(0);
    if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > WIDTH) {
      return Optional.of("is not on the grid");
    }
    for (int column = x; column < x + width; column++) {
      for (int line = y; line < y + height; line++) {
        if (!cells.add(column + "," + line)) {
          return Optional.of("overlaps another");
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> content(JsonNode panel) {
    List<String> problems = new ArrayList<>();
    if (panel.path("description").asString("").length() < 20) {
      problems.add("says nothing of what it shows");
    }
    if (panel.path("fieldConfig").path("defaults").path("unit").asString("").isEmpty()) {
      problems.add("has no unit");
    }
    if (panel.path("targets").isEmpty()) {
      problems.add("asks for nothing");
    }
    List<JsonNode> asking = new ArrayList<>(List.of(panel));
    panel.path("targets").forEach(asking::add);
    for (JsonNode one : asking) {
      if (!one.path("datasource").path("uid").asString("").equals("${datasource}")) {
        problems.add("does not use the datasource variable");
      }
    }
    return problems;
  }
}
