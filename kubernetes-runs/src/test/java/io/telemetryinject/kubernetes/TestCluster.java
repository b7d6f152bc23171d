package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;

/** A cluster with a run template in it: a fake one, or that which the build names. */
interface TestCluster extends AutoCloseable {

  /** Starts the fake, unless the profile {@code kubernetes} names a real one. */
  static TestCluster start(Path directory) throws IOException, RunProblem {
    String kubeconfig = System.getProperty("telemetry.inject.kubeconfig", "");
    return kubeconfig.isEmpty()
        ? FakeCluster.start(directory)
        : RealCluster.connect(Path.of(kubeconfig));
  }

  Cluster cluster();

  default KubernetesClient client() {
    return cluster().client();
  }

  /** The same cluster, with another namespace in mind. */
  Cluster in(String namespace) throws RunProblem;

  /** Has a run's next pod begin. */
  void runs(String run);

  /** Ends a run's newest pod with an exit code, by itself. */
  void ends(String run, int exitCode);

  @Override
  void close();
}
