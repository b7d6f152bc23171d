package io.telemetryinject.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of Grafana's dashboards, as the chart brings it. */
public record Dashboard(Path file, JsonNode json) {
  public static final Path FILES = Path.of("..", "deploy", "helm", "telemetry-inject", "files");

  /** A panel that shows something, and what it asks Prometheus. */
  public record Panel(String title, List<String> expressions) {}

  public static List<Dashboard> all() throws IOException {
    JsonMapper mapper = new JsonMapper();
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FILES.resolve("dashboards"))) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(new Dashboard(file, mapper.readTree(Files.readAllBytes(file))));
      }
    }
    return dashboards;
  }

  /** All panels but the rows that they stand in. */
  public List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    for (JsonNode panel : shown()) {
      List<String> expressions = new ArrayList<>();
      panel.path("targets").forEach(target -> expressions.add(target.path("expr").asString("")));
      panels.add(new Panel(panel.path("title").asString(""), expressions));
    }
    return panels;
  }

  List<JsonNode> shown() {
    List<JsonNode> shown = new ArrayList<>();
    for (JsonNode panel : json.path("panels")) {
      if (!panel.path("type").asString("").equals("row")) {
        shown.add(panel);
      }
    }
    return shown;
  }
}
