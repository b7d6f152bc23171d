package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import java.util.Optional;

/** A namespace of a cluster, reached as one user. */
public final class Cluster implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final Optional<String> user;

  Cluster(KubernetesClient client, String namespace, Optional<String> user) {
    this.client = client;
    this.namespace = namespace;
    this.user = user;
  }

  /**
   * Opens a way to a cluster; nothing is asked of it yet.
   *
   * @param environment of the process
   * @throws RunProblem when none is known here
   */
  public static Cluster open(ClusterAddress address, Map<String, String> environment)
      throws RunProblem {
    Config config = new ClusterSettings(environment).read(address);
    return new Cluster(
        new KubernetesClientBuilder().withConfig(config).build(),
        config.getNamespace(),
        user(config.getCurrentContext()));
  }

  private static Optional<String> user(NamedContext context) {
    return Optional.ofNullable(context)
        .map(NamedContext::getContext)
        .map(Context::getUser)
        .filter(name -> !name.isBlank());
  }

  KubernetesClient client() {
    return client;
  }

  public String namespace() {
    return namespace;
  }

  /** The user's name in the kubeconfig. */
  public Optional<String> user() {
    return user;
  }

  @Override
  public void close() {
    client.close();
  }
}
