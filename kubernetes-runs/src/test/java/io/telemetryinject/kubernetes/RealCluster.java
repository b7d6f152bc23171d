package io.telemetryinject.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster with a controller manager, in which a namespace is made for a test. No node takes the
 * runs' pods: how they begin and end is written into their status here, as a kubelet would.
 */
final class RealCluster implements TestCluster {
  private static final Duration CONTROLLER = Duration.ofMinutes(2);

  private final Path kubeconfig;
  private final Cluster cluster;
  private final KubeletByHand kubelet;
  private final Set<String> begun = new HashSet<>();

  private RealCluster(Path kubeconfig, Cluster cluster) {
    this.kubeconfig = kubeconfig;
    this.cluster = cluster;
    this.kubelet = new KubeletByHand(cluster.client(), cluster.namespace());
  }

  static RealCluster connect(Path kubeconfig) throws RunProblem {
    String namespace;
    try (Cluster any = open(kubeconfig, "default")) {
      Namespace made =
          new NamespaceBuilder()
              .withNewMetadata()
              .withGenerateName("telemetry-inject-test-")
              .endMetadata()
              .build();
      namespace = any.client().resource(made).create().getMetadata().getName();
    }
    RealCluster real = new RealCluster(kubeconfig, open(kubeconfig, namespace));
    CronJob template = Orders.template();
    template
        .getSpec()
        .getJobTemplate()
        .getSpec()
        .getTemplate()
        .getSpec()
        .setNodeSelector(Map.of("telemetry-inject.io/node-of-tests", "none"));
    real.client().resource(template).inNamespace(namespace).create();
    return real;
  }

  private static Cluster open(Path kubeconfig, String namespace) throws RunProblem {
    return Cluster.open(new ClusterAddress(kubeconfig, null, namespace), System.getenv());
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public Cluster in(String namespace) throws RunProblem {
    return open(kubeconfig, namespace);
  }

  @Override
  public void runs(String run) {
    String pod =
        await()
            .atMost(CONTROLLER)
            .until(() -> newest(run).filter(name -> !begun.contains(name)), Optional::isPresent)
            .orElseThrow();
    begun.add(pod);
    kubelet.runs(pod);
  }

  @Override
  public void ends(String run, int exitCode) {
    kubelet.ends(newest(run).orElseThrow(), exitCode);
  }

  private Optional<String> newest(String run) {
    KubernetesClient client = client();
    List<Pod> pods = client.pods().inNamespace(cluster.namespace()).list().getItems();
    return Attempts.of(
            client.batch().v1().jobs().inNamespace(cluster.namespace()).withName(run).get(), pods)
        .newest()
        .map(pod -> pod.getMetadata().getName());
  }

  @Override
  public void close() {
    client().namespaces().withName(cluster.namespace()).delete();
    cluster.close();
  }
}
