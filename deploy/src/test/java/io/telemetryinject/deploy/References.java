package io.telemetryinject.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What manifests say of each other: a selector finds its pods, a mount its volume; what is named is
 * rendered too, or named by whoever wrote the values.
 */
final class References {
  private final List<Manifest> manifests;
  private final Set<String> named = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private References(List<Manifest> manifests, JsonNode values) {
    this.manifests = manifests;
    collectNames(values);
  }

  static List<String> problems(List<Manifest> manifests, JsonNode values) {
    References references = new References(manifests, values);
    manifests.forEach(references::check);
    return references.problems;
  }

  private void collectNames(JsonNode values) {
    if (values.isString()) {
      named.add(values.asString());
    }
    values.forEach(this::collectNames);
  }

  private void check(Manifest manifest) {
    checkSelector(manifest);
    manifest.pods().ifPresent(pods -> checkPods(manifest, pods));
    JsonNode target = manifest.body().at("/spec/scaleTargetRef/name");
    if (target.isString()) {
      requireRendered(manifest, "Deployment", target.asString());
    }
    JsonNode role = manifest.body().at("/roleRef/name");
    if (role.isString()) {
      requireRendered(manifest, "Role", role.asString());
    }
    manifest
        .body()
        .at("/spec/secretTargetRef")
        .forEach(secret -> requireNamed(manifest, "secret", secret.path("name").asString("")));
    manifest.body().at("/spec/triggers").forEach(trigger -> checkTrigger(manifest, trigger));
  }

  private void checkTrigger(Manifest manifest, JsonNode trigger) {
    String name = trigger.at("/authenticationRef/name").asString("");
    if (!name.isEmpty() && !named.contains(name)) {
      requireRendered(manifest, "TriggerAuthentication", name);
    }
  }

  private void checkSelector(Manifest manifest) {
    JsonNode selector =
        switch (manifest.kind()) {
          case "Deployment" -> manifest.body().at("/spec/selector/matchLabels");
          case "Service" -> manifest.body().at("/spec/selector");
          case "PodDisruptionBudget", "PodMonitor" ->
              manifest.body().at("/spec/selector/matchLabels");
          case "NetworkPolicy" -> manifest.body().at("/spec/podSelector/matchLabels");
          default -> null;
        };
    if (selector == null) {
      return;
    }
    boolean own = manifest.kind().equals("Deployment");
    List<Manifest> found =
        manifests.stream()
            .filter(other -> !own || other.equals(manifest))
            .filter(other -> other.pods().stream().anyMatch(pods -> selects(selector, pods)))
            .toList();
    if (selector.isEmpty() || found.isEmpty()) {
      problems.add(manifest + ": selects no pod with " + selector);
    }
  }

  private static boolean selects(JsonNode selector, JsonNode pods) {
    JsonNode labels = pods.at("/metadata/labels");
    return selector.properties().stream()
        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }

  private void checkPods(Manifest manifest, JsonNode pods) {
    JsonNode spec = pods.path("spec");
    String account = spec.path("serviceAccountName").asString("");
    if (!named.contains(account) && !account.equals("default")) {
      requireRendered(manifest, "ServiceAccount", account);
    }
    Map<String, JsonNode> volumes = new HashMap<>();
    for (JsonNode volume : spec.path("volumes")) {
      if (volumes.put(volume.path("name").asString(""), volume) != null) {
        problems.add(manifest + ": has two volumes " + volume.path("name"));
      }
      checkVolume(manifest, volume);
    }
    Set<String> mounted = new HashSet<>();
    for (JsonNode container : manifest.containers()) {
      checkMounts(manifest, container, volumes.keySet(), mounted);
      for (JsonNode variable : container.path("env")) {
        String secret = variable.at("/valueFrom/secretKeyRef/name").asString("");
        if (variable.has("valueFrom")) {
          requireNamed(manifest, "secret", secret);
        }
      }
    }
    if (!mounted.equals(volumes.keySet())) {
      problems.add(manifest + ": mounts " + mounted + " of " + volumes.keySet());
    }
  }

  private void checkMounts(
      Manifest manifest, JsonNode container, Set<String> volumes, Set<String> mounted) {
    Set<String> paths = new HashSet<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      mounted.add(mount.path("name").asString(""));
      if (!volumes.contains(mount.path("name").asString(""))) {
        problems.add(manifest + ": mounts " + mount.path("name") + ", which it does not have");
      }
      if (!paths.add(mount.path("mountPath").asString(""))) {
        problems.add(manifest + ": mounts two volumes at " + mount.path("mountPath"));
      }
    }
  }

  private void checkVolume(Manifest manifest, JsonNode volume) {
    if (volume.has("configMap")) {
      requireRendered(manifest, "ConfigMap", volume.at("/configMap/name").asString(""));
    } else if (volume.has("secret")) {
      requireNamed(manifest, "secret", volume.at("/secret/secretName").asString(""));
    } else if (volume.has("persistentVolumeClaim")) {
      requireNamed(manifest, "claim", volume.at("/persistentVolumeClaim/claimName").asString(""));
    } else if (!volume.path("emptyDir").isObject()) {
      problems.add(manifest + ": has a volume of nothing: " + volume);
    }
  }

  private void requireNamed(Manifest manifest, String kind, String name) {
    if (name.isEmpty() || !named.contains(name)) {
      problems.add("%s: the %s %s is not in the values".formatted(manifest, kind, name));
    }
  }

  private void requireRendered(Manifest manifest, String kind, String name) {
    Set<String> rendered =
        manifests.stream()
            .filter(other -> other.kind().equals(kind))
            .map(Manifest::name)
            .collect(Collectors.toSet());
    if (!rendered.contains(name)) {
      problems.add("%s: there is no %s %s".formatted(manifest, kind, name));
    }
  }
}
