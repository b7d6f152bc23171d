package io.telemetryinject.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One object for Kubernetes. */
record Manifest(JsonNode body) {
  private static final Map<String, String> POD_TEMPLATES =
      Map.of(
          "Deployment", "/spec/template",
          "Job", "/spec/template",
          "CronJob", "/spec/jobTemplate/spec/template");

  static List<Manifest> all(String yaml) {
    return Yaml.documents(yaml).stream().map(Manifest::new).toList();
  }

  String api() {
    return body.path("apiVersion").asString("") + "/" + kind();
  }

  String kind() {
    return body.path("kind").asString("");
  }

  String name() {
    return body.at("/metadata/name").asString("");
  }

  /** The template of the pods that it makes. */
  Optional<JsonNode> pods() {
    return Optional.ofNullable(POD_TEMPLATES.get(kind())).map(body::at);
  }

  /** All containers of these pods, those that run first included. */
  List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    pods()
        .ifPresent(
            pods ->
                Stream.of("/spec/initContainers", "/spec/containers")
                    .forEach(path -> pods.at(path).forEach(containers::add)));
    return containers;
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
