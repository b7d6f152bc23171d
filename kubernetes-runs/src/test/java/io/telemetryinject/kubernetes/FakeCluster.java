package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The client's mock of an API server, with what makes a cluster of it: controllers and logs. */
public final class FakeCluster implements TestCluster {
  public static final String NAMESPACE = "telemetry";

  /** Kept, so that its level lasts: the server tells of every request. */
  private static final Logger QUIET = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    QUIET.setLevel(Level.WARNING);
  }

  private final KubernetesMockServer server;
  private final ApiFront front;
  private final Path kubeconfig;
  private final Cluster cluster;
  private final JobController controller;

  private FakeCluster(KubernetesMockServer server, ApiFront front, Path kubeconfig)
      throws RunProblem {
    this.server = server;
    this.front = front;
    this.kubeconfig = kubeconfig;
    this.cluster = in(NAMESPACE);
    this.controller = new JobController(cluster.client(), NAMESPACE);
  }

  /** Starts one that has a namespace with a run template in it. */
  public static FakeCluster start(Path directory) throws IOException, RunProblem {
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init();
    ApiFront front = new ApiFront(URI.create(server.url("/")));
    Path kubeconfig =
        Files.writeString(directory.resolve("kubeconfig"), kubeconfig(front.url(), NAMESPACE));
    FakeCluster fake = new FakeCluster(server, front, kubeconfig);
    fake.client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    fake.client().resource(Orders.template()).inNamespace(NAMESPACE).create();
    return fake;
  }

  static String kubeconfig(String server, String namespace) {
    return """
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
        - name: test
          context: {cluster: test, user: jane@example.com, namespace: %s}
        - name: other
          context: {cluster: test, user: joe}
        clusters:
        - name: test
          cluster: {server: "%s"}
        users:
        - name: jane@example.com
          user: {token: test-token}
        - name: joe
          user: {token: other-token}
        """
        .formatted(namespace, server);
  }

  @Override
  public Cluster in(String namespace) throws RunProblem {
    return Cluster.open(new ClusterAddress(kubeconfig, null, namespace), Map.of());
  }

  /** A file that says how to reach it. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  ApiFront front() {
    return front;
  }

  /** What in a cluster makes pods of Jobs, and ends of pods ends of Jobs. */
  JobController controller() {
    return controller;
  }

  /** Begins a run's pod, which then writes a line. */
  public void runsAndLogs(String run, String line) {
    String pod = controller.startsPod(run);
    front.log(pod).line(line);
    controller.kubelet().runs(pod);
  }

  @Override
  public void runs(String run) {
    controller.kubelet().runs(controller.startsPod(run));
  }

  @Override
  public void ends(String run, int exitCode) {
    String pod = controller.newestPod(run);
    controller.ends(pod, exitCode);
    front.log(pod).end();
  }

  @Override
  public void close() {
    cluster.close();
    front.close();
    server.destroy();
  }
}
