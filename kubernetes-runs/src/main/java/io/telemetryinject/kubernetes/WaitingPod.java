package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.stream.Stream;

/** Says why a pod has not begun. */
final class WaitingPod {
  private WaitingPod() {}

  static String reason(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return "its pod was just made";
    }
    if (status.getReason() != null) {
      return withMessage(status.getReason(), status.getMessage());
    }
    Optional<ContainerStateWaiting> waiting =
        Stream.concat(
                status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
            .map(ContainerStatus::getState)
            .filter(state -> state != null && state.getWaiting() != null)
            .map(state -> state.getWaiting())
            .filter(state -> !"PodInitializing".equals(state.getReason()))
            .findFirst();
    if (waiting.isPresent()) {
      return withMessage(waiting.get().getReason(), waiting.get().getMessage());
    }
    return status.getConditions().stream()
        .filter(
            condition ->
                "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
        .findFirst()
        .map(WaitingPod::unscheduled)
        .orElse("its pod is being started");
  }

  private static String unscheduled(PodCondition condition) {
    return withMessage("no node takes its pod", condition.getMessage());
  }

  private static String withMessage(String reason, String message) {
    String kind = reason == null ? "not started" : reason;
    return message == null || message.isBlank() ? kind : kind + ": " + message.strip();
  }
}
