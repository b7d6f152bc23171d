package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a run's status off its Job and its pods. */
final class RunReading {
  /** A pod may be gone, with its node, when its exit code is asked for. */
  private static final Pattern EXIT_CODE = Pattern.compile("exit code (\\d+)");

  private final Job job;
  private final JobStatus status;
  private final Attempts attempts;

  RunReading(Job job, Attempts attempts) {
    this.job = job;
    this.status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    this.attempts = attempts;
  }

  RunStatus status() {
    if (job.getMetadata().getDeletionTimestamp() != null) {
      return status(RunPhase.CANCELLED, "its pod is being ended", null);
    }
    Optional<JobCondition> complete = condition("Complete", "SuccessCriteriaMet");
    if (complete.isPresent()) {
      return status(RunPhase.SUCCEEDED, null, complete.get());
    }
    Optional<JobCondition> failed = condition("Failed", "FailureTarget");
    if (failed.isPresent()) {
      return failed(failed.get());
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return status(RunPhase.WAITING, "suspended", null);
    }
    Optional<Pod> newest = attempts.newest();
    if (newest.isEmpty()) {
      return status(RunPhase.WAITING, "it has no pod yet", null);
    }
    if (Attempts.isRunning(newest.get())) {
      return status(RunPhase.RUNNING, null, null);
    }
    Optional<ContainerStateTerminated> end = Attempts.end(newest.get());
    return end.isEmpty()
        ? status(RunPhase.WAITING, WaitingPod.reason(newest.get()), null)
        : status(RunPhase.WAITING, "its last pod ended with " + words(end.get()), null);
  }

  private RunStatus failed(JobCondition condition) {
    int exitCode = exitCode(condition);
    if ("PodFailurePolicy".equals(condition.getReason()) && exitCode == RunExit.PROBLEMS) {
      return status(RunPhase.COMPLETED_WITH_PROBLEMS, null, condition);
    }
    int ending = exitCode == RunExit.USAGE ? exitCode : RunPhase.FAILED.exitCode();
    return status(RunPhase.FAILED, reason(condition), condition, ending);
  }

  private String reason(JobCondition condition) {
    String last = attempts.lastEnd().map(end -> ", the last with " + words(end)).orElse("");
    return switch (String.valueOf(condition.getReason())) {
      case "DeadlineExceeded" -> "not done within its deadline" + deadline();
      case "BackoffLimitExceeded" -> "given up after " + count() + " attempts" + last;
      case "PodFailurePolicy" ->
          exitCode(condition) == RunExit.USAGE
              ? "usage or input error, see its log"
              : String.valueOf(condition.getMessage());
      default -> condition.getReason() + ": " + condition.getMessage();
    };
  }

  private String deadline() {
    Long seconds = job.getSpec().getActiveDeadlineSeconds();
    return seconds == null ? "" : " of " + Spans.words(Duration.ofSeconds(seconds));
  }

  private int exitCode(JobCondition condition) {
    Matcher told = EXIT_CODE.matcher(String.valueOf(condition.getMessage()));
    return told.find()
        ? Integer.parseInt(told.group(1))
        : attempts.lastEnd().map(ContainerStateTerminated::getExitCode).orElse(-1);
  }

  /** The kubelet's word for an ordinary end with an exit code adds nothing to it. */
  private static String words(ContainerStateTerminated end) {
    String reason = end.getReason();
    boolean plain = reason == null || reason.equals("Error") || reason.equals("Completed");
    return "exit code " + end.getExitCode() + (plain ? "" : ", " + reason);
  }

  /** Pods may have been removed, and the Job does not count those that were disrupted. */
  private int count() {
    int counted = orZero(status.getFailed()) + orZero(status.getSucceeded());
    return Math.max(attempts.pods().size(), counted + orZero(status.getActive()));
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private Optional<JobCondition> condition(String... types) {
    for (String type : types) {
      Optional<JobCondition> found =
          status.getConditions().stream()
              .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private RunStatus status(
      RunPhase phase, @Nullable String reason, @Nullable JobCondition endedBy) {
    return status(phase, reason, endedBy, phase.exitCode());
  }

  private RunStatus status(
      RunPhase phase, @Nullable String reason, @Nullable JobCondition endedBy, int exitCode) {
    Map<String, String> notes = job.getMetadata().getAnnotations();
    Map<String, String> labels = job.getMetadata().getLabels();
    return new RunStatus(
        job.getMetadata().getName(),
        notes.getOrDefault(Labels.OWNER, labels.getOrDefault(Labels.OWNER, "")),
        notes.getOrDefault(Labels.REPO, ""),
        notes.getOrDefault(Labels.REF, ""),
        notes.getOrDefault(Labels.OUTPUT, ""),
        phase,
        reason,
        instant(status.getStartTime()),
        endedBy == null ? null : instant(endedBy.getLastTransitionTime()),
        Math.max(0, count() - 1),
        exitCode);
  }

  private static @Nullable Instant instant(@Nullable String time) {
    return time == null ? null : Instant.parse(time);
  }
}
