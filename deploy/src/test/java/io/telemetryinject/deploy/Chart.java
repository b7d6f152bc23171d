package io.telemetryinject.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A copy of the chart, with a dashboard and a rule in it, that is rendered as Helm renders it. */
record Chart(Path directory) {
  static final Path SOURCE = Path.of("helm", "telemetry-inject");
  static final String OLDEST = "1.29.0";
  static final String NEWEST = "1.35.0";

  private static final Pattern HOOK =
      Pattern.compile("  annotations:\n(    helm.sh/hook[^\n]*\n)+");
  private static final String DASHBOARD = "{\"title\": \"Example {{ not a template }}\"}";
  private static final String RULES =
      """
      groups:
        - name: example
          rules:
            - {alert: Example, expr: "up == 0", for: 5m, annotations: {summary: "{{ $value }}"}}
      """;

  static Chart copyTo(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(SOURCE.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    unhook(directory.resolve("templates/topics.yaml"));
    Files.writeString(directory.resolve("files/dashboards/example.json"), DASHBOARD);
    Files.writeString(directory.resolve("files/rules/example.yaml"), RULES);
    return new Chart(directory);
  }

  /** The library leaves hooks out of what it renders; here they are objects like all others. */
  private static void unhook(Path template) throws IOException {
    String text = Files.readString(template);
    String unhooked = HOOK.matcher(text).replaceFirst("");
    if (unhooked.equals(text)) {
      throw new IllegalStateException(template + " is no hook any more");
    }
    Files.writeString(template, unhooked);
  }

  /**
   * What would be installed.
   *
   * @throws IllegalStateException with Helm's message when the values are refused
   */
  List<Manifest> render(List<Path> values, String kubernetes) {
    TemplateCommand command =
        new Helm(directory)
            .template()
            .withName("ti")
            .withNamespace("telemetry")
            .withKubeVersion(kubernetes);
    values.forEach(command::withValuesFile);
    return Manifest.all(command.call());
  }

  /** What all these values come to. */
  JsonNode values(List<Path> files) throws IOException {
    JsonNode values = Yaml.document(Files.readString(directory.resolve("values.yaml")));
    for (Path file : files) {
      values = Yaml.merged(values, Yaml.document(Files.readString(file)));
    }
    return values;
  }

  /** Lints with these values; they become the copy's own, since Helm lints nothing else here. */
  LintResult lint(List<Path> files) throws IOException {
    Files.writeString(directory.resolve("values.yaml"), values(files).toString());
    return new Helm(directory).lint().strict().call();
  }
}
