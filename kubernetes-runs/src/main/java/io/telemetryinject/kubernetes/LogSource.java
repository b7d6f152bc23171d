package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PrettyLoggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Reads the logs of runs' pods. */
final class LogSource {
  private final Cluster cluster;
  private final ApiProblems api;

  LogSource(Cluster cluster) {
    this.cluster = cluster;
    this.api = new ApiProblems(cluster);
  }

  /** Reads what there is, from the newest line on that was read before. */
  void read(Pod pod, LogLines lines) throws RunProblem {
    lines.begin();
    api.ask(
        "read the log of pod " + pod.getMetadata().getName(),
        () -> {
          try (InputStream log = from(pod, lines).getLogInputStream()) {
            return log.transferTo(lines);
          } catch (IOException e) {
            throw new KubernetesClientException("the log broke off", e);
          }
        });
  }

  /** Reads until the pod's log ends, or the connection to it. */
  void follow(Pod pod, LogLines lines) throws RunProblem, InterruptedException {
    lines.begin();
    String what = "follow the log of pod " + pod.getMetadata().getName();
    Throwable failure;
    // Whether the pod runs was looked at before; the client need not wait for its readiness.
    try (LogWatch watch =
        api.ask(what, () -> from(pod, lines).withReadyWaitTimeout(0).watchLog(lines))) {
      failure = watch.onClose().toCompletableFuture().get();
    } catch (ExecutionException e) {
      failure = e.getCause();
    }
    if (failure instanceof KubernetesClientException refused && refused.getCode() > 0) {
      api.ask(
          what,
          () -> {
            throw refused;
          });
    }
  }

  /** The newest line that a pod has written, as far as one can be had. */
  Optional<String> lastLine(Pod pod) {
    try {
      return container(pod).tailingLines(1).getLog().lines().reduce((a, b) -> b);
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  /** The server counts in whole seconds. */
  private PrettyLoggable from(Pod pod, LogLines lines) {
    TimeTailPrettyLoggable log = container(pod).usingTimestamps();
    return lines.newest().isEmpty()
        ? log
        : log.sinceTime(lines.newest().get().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private ContainerResource container(Pod pod) {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withName(pod.getMetadata().getName())
        .inContainer(Labels.CONTAINER);
  }
}
