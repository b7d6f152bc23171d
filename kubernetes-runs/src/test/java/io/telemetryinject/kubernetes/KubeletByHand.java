package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes into pods' status what a kubelet or the scheduler would. */
final class KubeletByHand {
  private final KubernetesClient client;
  private final String namespace;

  KubeletByHand(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  void unschedulable(String pod, String message) {
    write(
        pod,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addToConditions(
                new PodConditionBuilder()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("Unschedulable")
                    .withMessage(message)
                    .build())
            .build());
  }

  void waits(String pod, String reason, String message) {
    write(
        pod,
        "Pending",
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build());
  }

  void runs(String pod) {
    write(
        pod,
        "Running",
        new ContainerStateBuilder().withNewRunning().withStartedAt(now()).endRunning().build());
  }

  void ends(String pod, int exitCode) {
    String reason = exitCode == 0 ? "Completed" : exitCode == 137 ? "OOMKilled" : "Error";
    write(
        pod,
        exitCode == 0 ? "Succeeded" : "Failed",
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(reason)
            .withFinishedAt(now())
            .endTerminated()
            .build());
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void write(String pod, String phase, ContainerState state) {
    write(
        pod,
        new PodStatusBuilder()
            .withPhase(phase)
            .addToContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(Labels.CONTAINER)
                    .withImage("coordinator")
                    .withImageID("")
                    .withReady(false)
                    .withRestartCount(0)
                    .withState(state)
                    .build())
            .build());
  }

  private void write(String name, PodStatus status) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .editStatus(
            pod -> {
              pod.setStatus(status);
              return pod;
            });
  }
}
