package io.telemetryinject.deploy;

import io.telemetryinject.llm.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import tools.jackson.databind.JsonNode;

/** Whether containers give their applications what these know, and all that it speaks of. */
final class Applications {
  private static final String MESSAGING = "io.telemetryinject.messaging";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");
  private static final Pattern PATH = Pattern.compile("(?<![\\w:}/])(?:file:)?(/[a-z][\\w./-]*)");
  private static final Pattern ARGUMENT = Pattern.compile("--([a-z][a-z0-9.-]*)=(.*)");

  private static final Map<String, KnownSettings> SETTINGS =
      Map.of(
          "analyzer", new KnownSettings("io.telemetryinject.analyzer", MESSAGING),
          "generator", new KnownSettings("io.telemetryinject.generator", MESSAGING),
          "executor", new KnownSettings("io.telemetryinject.executor", MESSAGING),
          "coordinator", new KnownSettings("io.telemetryinject.coordinator", MESSAGING),
          "topics", new KnownSettings(MESSAGING));

  private static final Set<String> ENVIRONMENT =
      Stream.concat(
              Stream.of(
                  "SPRING_CONFIG_ADDITIONAL_LOCATION",
                  SdkSystemSetting.AWS_ACCESS_KEY_ID.environmentVariable(),
                  SdkSystemSetting.AWS_SECRET_ACCESS_KEY.environmentVariable()),
              Stream.of(Provider.values()).map(p -> p.name() + "_API_KEY_FILE"))
          .collect(Collectors.toSet());

  private final Map<String, String> files = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private Applications() {}

  static List<String> problems(List<Manifest> manifests) throws IOException {
    Applications applications = new Applications();
    for (Manifest manifest : manifests) {
      JsonNode file = manifest.body().at("/data/application.yaml");
      if (file.isString()) {
        applications.files.put(manifest.name(), file.asString());
      }
    }
    for (Manifest manifest : manifests) {
      if (manifest.pods().isPresent()) {
        applications.check(manifest, manifest.pods().get());
      }
    }
    return applications.problems;
  }

  private void check(Manifest manifest, JsonNode pods) throws IOException {
    JsonNode container = pods.at("/spec/containers/0");
    KnownSettings known = SETTINGS.get(container.path("name").asString(""));
    String file = files.get(pods.at("/spec/volumes/0/configMap/name").asString(""));
    if (known == null || file == null) {
      problems.add(manifest + ": runs no application, or gives it no settings");
      return;
    }
    known.unknownIn(file).forEach(name -> problems.add(manifest + ": there is no setting " + name));
    checkArguments(manifest, container);
    checkEnvironment(manifest, container, file);
    Set<String> mounts = new HashSet<>();
    container.path("volumeMounts").forEach(m -> mounts.add(m.path("mountPath").asString("")));
    PATH.matcher(file)
        .results()
        .map(match -> match.group(1))
        .filter(path -> mounts.stream().noneMatch(m -> (path + "/").startsWith(m + "/")))
        .forEach(path -> problems.add(manifest + ": nothing is mounted at " + path));
  }

  private void checkArguments(Manifest manifest, JsonNode container) throws IOException {
    String role = container.path("name").asString("");
    unknownArguments(role, container.path("args"))
        .forEach(argument -> problems.add(manifest + ": there is no setting " + argument));
  }

  /** Those words of a command line that are no setting of the application. */
  static Set<String> unknownArguments(String role, JsonNode arguments) throws IOException {
    Set<String> unknown = new TreeSet<>();
    Map<String, String> settings = new HashMap<>();
    for (JsonNode argument : arguments) {
      var parts = ARGUMENT.matcher(argument.asString(""));
      if (parts.matches()) {
        settings.put(parts.group(1), parts.group(2));
      } else {
        unknown.add(argument.asString(""));
      }
    }
    unknown.addAll(SETTINGS.get(role).unknown(settings));
    return unknown;
  }

  private void checkEnvironment(Manifest manifest, JsonNode container, String file) {
    Set<String> wanted =
        PLACEHOLDER
            .matcher(file)
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toSet());
    Set<String> given = new HashSet<>();
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("name").asString("");
      given.add(name);
      if (!wanted.contains(name) && !ENVIRONMENT.contains(name)) {
        problems.add(manifest + ": nobody reads the variable " + name);
      }
    }
    wanted.removeAll(given);
    wanted.forEach(name -> problems.add(manifest + ": nobody sets the variable " + name));
  }
}
