package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.Cluster;
import io.telemetryinject.kubernetes.ClusterAddress;
import io.telemetryinject.kubernetes.RunProblem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all commands about a cluster have in common: which one is meant. */
abstract class ClusterCommand implements Callable<Integer> {
  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Where the chart is installed (default: the context's namespace).")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig (default: its current one).")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How to reach clusters (default: KUBECONFIG, or ~/.kube/config).")
  private @Nullable Path kubeconfig;

  @Option(names = "--verbose", description = "Show stack traces of errors.")
  private boolean verbose;

  boolean verbose() {
    return verbose;
  }

  /**
   * Opens the way to the cluster that is meant.
   *
   * @throws RunProblem when none is known
   */
  Cluster open() throws RunProblem {
    return Cluster.open(new ClusterAddress(kubeconfig, context, namespace), System.getenv());
  }
}
