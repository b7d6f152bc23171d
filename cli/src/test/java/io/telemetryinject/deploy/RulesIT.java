package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Recording and alerting rules: that they mean what they say, and what an alert says. */
class RulesIT {
  private static final Path RULES = Dashboard.FILES.resolve("rules");
  private static final Path GUIDE = Path.of("..", "docs", "operations.md");

  @TempDir private Path directory;

  @Test
  void passTheirOwnTests() throws Exception {
    Path promtool = DebianTool.find("promtool", "prometheus");

    DebianTool.Result checked = DebianTool.run(promtool, arguments("check", RULES));
    DebianTool.Result tested = DebianTool.run(promtool, arguments("test", RULES.resolve("tests")));

    assertThat(checked.exitCode()).as(checked.output()).isZero();
    assertThat(tested.exitCode()).as(tested.output()).isZero();
  }

  /** The control: an alert with another threshold is noticed. */
  @Test
  void failTheirTestsWhenAnAlertIsBlunted() throws Exception {
    Path promtool = DebianTool.find("promtool", "prometheus");
    Files.createDirectories(directory.resolve("tests"));
    for (Path file : files(RULES.resolve("tests"))) {
      Files.copy(file, directory.resolve("tests").resolve(file.getFileName()));
    }
    for (Path file : files(RULES)) {
      String blunted = Files.readString(file).replace("idle_seconds) > 900", "idle_seconds) > 9e9");
      Files.writeString(directory.resolve(file.getFileName()), blunted);
    }

    DebianTool.Result tested =
        DebianTool.run(promtool, arguments("test", directory.resolve("tests")));

    assertThat(tested.exitCode()).isNotZero();
    assertThat(tested.output()).contains("TelemetryInjectRunStalled");
  }

  @Test
  void everyAlertSaysWhatHappenedAndWhereToReadOn() throws IOException {
    Set<String> headings = new HashSet<>();
    for (String line : Files.readAllLines(GUIDE)) {
      if (line.startsWith("### ")) {
        headings.add(line.substring(4).toLowerCase(Locale.ROOT));
      }
    }

    for (Map<?, ?> alert : alerts()) {
      String name = String.valueOf(alert.get("alert"));
      Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
      Map<?, ?> labels = (Map<?, ?>) alert.get("labels");
      assertThat(String.valueOf(annotations.get("summary"))).as(name).hasSizeGreaterThan(10);
      assertThat(String.valueOf(annotations.get("description"))).as(name).hasSizeGreaterThan(20);
      assertThat(annotations.get("runbook_url"))
          .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(headings).contains(name.toLowerCase(Locale.ROOT));
      assertThat(labels.get("severity")).as(name).isIn("critical", "warning");
    }
  }

  @Test
  void everyAlertIsTestedFiringAndQuiet() throws IOException {
    Set<String> firing = new TreeSet<>();
    Set<String> quiet = new TreeSet<>();
    for (Path file : files(RULES.resolve("tests"))) {
      Map<?, ?> content = new Yaml().load(Files.readString(file));
      for (Object test : (List<?>) content.get("tests")) {
        Object cases = ((Map<?, ?>) test).get("alert_rule_test");
        for (Object one : cases == null ? List.of() : (List<?>) cases) {
          Map<?, ?> expectation = (Map<?, ?>) one;
          boolean fires = expectation.get("exp_alerts") != null;
          (fires ? firing : quiet).add(String.valueOf(expectation.get("alertname")));
        }
      }
    }
    List<String> names = alerts().stream().map(a -> String.valueOf(a.get("alert"))).toList();
    assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
    assertThat(quiet).containsExactlyInAnyOrderElementsOf(names);
  }

  private static List<Map<?, ?>> alerts() throws IOException {
    List<Map<?, ?>> alerts = new ArrayList<>();
    for (Path file : files(RULES)) {
      Map<?, ?> content = new Yaml().load(Files.readString(file));
      for (Object group : (List<?>) content.get("groups")) {
        for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
          if (((Map<?, ?>) rule).containsKey("alert")) {
            alerts.add((Map<?, ?>) rule);
          }
        }
      }
    }
    return alerts;
  }

  private static List<String> arguments(String verb, Path directory) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(verb, "rules"));
    files(directory).forEach(file -> arguments.add(file.toString()));
    return arguments;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
