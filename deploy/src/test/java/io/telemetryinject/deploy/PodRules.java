package io.telemetryinject.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What every pod must say of itself, whatever the values are. */
final class PodRules {
  private static final Map<String, String> POD =
      Map.of(
          "/spec/automountServiceAccountToken", "false",
          "/spec/enableServiceLinks", "false",
          "/spec/securityContext/runAsNonRoot", "true",
          "/spec/securityContext/seccompProfile/type", "\"RuntimeDefault\"");

  private static final Map<String, String> CONTAINER =
      Map.of(
          "/securityContext/runAsNonRoot", "true",
          "/securityContext/runAsUser", "10001",
          "/securityContext/readOnlyRootFilesystem", "true",
          "/securityContext/allowPrivilegeEscalation", "false",
          "/securityContext/privileged", "false",
          "/securityContext/capabilities", "{\"drop\":[\"ALL\"]}",
          "/securityContext/seccompProfile/type", "\"RuntimeDefault\"");

  private static final List<String> RESOURCES =
      List.of("/resources/requests/cpu", "/resources/requests/memory", "/resources/limits/memory");

  private final List<String> problems = new ArrayList<>();

  private PodRules() {}

  static List<String> problems(Manifest manifest) {
    PodRules rules = new PodRules();
    manifest.pods().ifPresent(pods -> rules.check(manifest, pods));
    return rules.problems;
  }

  private void check(Manifest manifest, JsonNode pods) {
    POD.forEach((path, wanted) -> expect(manifest.toString(), pods, path, wanted));
    for (String forbidden : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (pods.path("spec").has(forbidden)) {
        problems.add(manifest + ": has " + forbidden);
      }
    }
    for (JsonNode container : manifest.containers()) {
      String place = manifest + ", container " + container.path("name").asString("");
      CONTAINER.forEach((path, wanted) -> expect(place, container, path, wanted));
      for (String path : RESOURCES) {
        if (container.at(path).isMissingNode()) {
          problems.add(place + ": lacks " + path);
        }
      }
    }
    for (JsonNode volume : pods.at("/spec/volumes")) {
      if (volume.has("hostPath")) {
        problems.add(manifest + ": mounts " + volume.path("hostPath") + " of its node");
      }
    }
  }

  private void expect(String place, JsonNode node, String path, String wanted) {
    JsonNode value = node.at(path);
    if (!value.toString().equals(wanted)) {
      problems.add("%s: %s is %s, not %s".formatted(place, path, value, wanted));
    }
  }
}
