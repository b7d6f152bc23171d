package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pods of a run's Job.
 *
 * @param pods oldest first
 */
record Attempts(List<Pod> pods) {
  Attempts {
    pods = List.copyOf(pods);
  }

  /** Picks a Job's pods; those of an earlier Job of the same name may linger on. */
  static Attempts of(Job job, List<Pod> pods) {
    String uid = job.getMetadata().getUid();
    return new Attempts(
        pods.stream()
            .filter(
                pod ->
                    pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getUid().equals(uid)))
            .sorted(
                Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                    .thenComparing(pod -> pod.getMetadata().getName()))
            .toList());
  }

  Optional<Pod> newest() {
    return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(pods.size() - 1));
  }

  /** How the newest attempt that has ended came to its end. */
  Optional<ContainerStateTerminated> lastEnd() {
    return pods.stream().flatMap(pod -> end(pod).stream()).reduce((earlier, later) -> later);
  }

  /** Whether a pod's coordinator runs, or ran: then there is a log. */
  static boolean hasLog(Pod pod) {
    return coordinator(pod)
        .map(ContainerStatus::getState)
        .filter(state -> state.getRunning() != null || state.getTerminated() != null)
        .isPresent();
  }

  static boolean isRunning(Pod pod) {
    return coordinator(pod)
        .map(ContainerStatus::getState)
        .map(ContainerState::getRunning)
        .isPresent();
  }

  /** How a pod's coordinator ended, if it has. */
  static Optional<ContainerStateTerminated> end(Pod pod) {
    return coordinator(pod).map(ContainerStatus::getState).map(ContainerState::getTerminated);
  }

  private static Optional<ContainerStatus> coordinator(Pod pod) {
    return Optional.ofNullable(pod.getStatus())
        .flatMap(
            status ->
                status.getContainerStatuses().stream()
                    .filter(container -> Labels.CONTAINER.equals(container.getName()))
                    .findFirst());
  }
}
