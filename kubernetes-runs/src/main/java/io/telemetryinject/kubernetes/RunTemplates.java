package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the run template that the chart has installed. */
final class RunTemplates {
  private final Cluster cluster;
  private final ApiProblems api;

  RunTemplates(Cluster cluster) {
    this.cluster = cluster;
    this.api = new ApiProblems(cluster);
  }

  /**
   * The template of a name, or the only one.
   *
   * @throws RunProblem when there is none, or when it is open which is meant
   */
  CronJob find(@Nullable String name) throws RunProblem {
    List<CronJob> all =
        api.ask(
            "look up the run template",
            () ->
                cluster
                    .client()
                    .batch()
                    .v1()
                    .cronjobs()
                    .inNamespace(cluster.namespace())
                    .withLabel(Labels.RUN_TEMPLATE, "true")
                    .list()
                    .getItems());
    List<CronJob> meant =
        all.stream()
            .filter(template -> name == null || template.getMetadata().getName().equals(name))
            .toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    if (all.isEmpty()) {
      throw none();
    }
    String names =
        String.join(", ", all.stream().map(t -> t.getMetadata().getName()).sorted().toList());
    throw new RunProblem(
        name == null
            ? "namespace " + cluster.namespace() + " has several run templates: " + names
            : "namespace " + cluster.namespace() + " has no run template " + name,
        "Name one with --run-template: " + names + ".");
  }

  /** A list in a namespace that does not exist is empty, too. */
  private RunProblem none() {
    String namespace = cluster.namespace();
    if (isMissing(namespace)) {
      return new RunProblem(
          "there is no namespace " + namespace + " in this cluster",
          "Name the one that the chart is installed in with --namespace, or another --context.");
    }
    return new RunProblem(
        "namespace " + namespace + " has no run template",
        "Install the chart there (helm install telemetry-inject deploy/helm/telemetry-inject"
            + " --namespace "
            + namespace
            + "), or name its namespace with --namespace.");
  }

  private boolean isMissing(String namespace) {
    try {
      return cluster.client().namespaces().withName(namespace).get() == null;
    } catch (KubernetesClientException e) {
      // Many who may submit runs may not look at namespaces.
      return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
  }
}
