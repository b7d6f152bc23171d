package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Does by hand what a cluster's Job controller does, step by step and by its rules, the Job's own
 * failure policy among them.
 */
final class JobController {
  private static final Instant BEGIN = Instant.parse("2026-11-22T01:00:00Z");

  private final KubernetesClient client;
  private final String namespace;
  private final KubeletByHand kubelet;
  private int pods;

  JobController(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.kubelet = new KubeletByHand(client, namespace);
  }

  KubeletByHand kubelet() {
    return kubelet;
  }

  /** Makes a run's next pod, as far as the Job asks for one. */
  String startsPod(String run) {
    Job job = job(run).get();
    String name = run + "-" + pods++;
    Pod pod =
        new PodBuilder()
            .withMetadata(job.getSpec().getTemplate().getMetadata())
            .editMetadata()
            .withName(name)
            .addToLabels(Labels.JOB_NAME, run)
            .withCreationTimestamp(BEGIN.plusSeconds(60L * pods).toString())
            .addNewOwnerReference()
            .withApiVersion("batch/v1")
            .withKind("Job")
            .withName(run)
            .withUid(job.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withSpec(job.getSpec().getTemplate().getSpec())
            .withStatus(new PodStatusBuilder().withPhase("Pending").build())
            .build();
    client.pods().inNamespace(namespace).resource(pod).create();
    status(
        run,
        before ->
            before
                .withStartTime(
                    before.getStartTime() == null ? BEGIN.toString() : before.getStartTime())
                .withActive(1));
    return name;
  }

  String newestPod(String run) {
    return Attempts.of(job(run).get(), client.pods().inNamespace(namespace).list().getItems())
        .newest()
        .orElseThrow()
        .getMetadata()
        .getName();
  }

  /** Ends a pod's container, and with it perhaps its Job. */
  void ends(String pod, int exitCode) {
    end(pod, exitCode, false);
  }

  /** Ends a pod because its node is drained. */
  void disrupts(String pod) {
    end(pod, RunExit.INTERRUPTED, true);
  }

  private void end(String pod, int exitCode, boolean disrupted) {
    kubelet.ends(pod, exitCode);
    Pod ended = client.pods().inNamespace(namespace).withName(pod).get();
    String run = ended.getMetadata().getLabels().get(Labels.JOB_NAME);
    if (exitCode == 0) {
      finish(run, "Complete", null, null);
      return;
    }
    switch (verdict(job(run).get(), exitCode, disrupted)) {
      case "FailJob" ->
          finish(
              run,
              "Failed",
              "PodFailurePolicy",
              "Container coordinator for pod %s/%s failed with exit code %d matching FailJob rule"
                  .formatted(namespace, pod, exitCode));
      case "Count" -> {
        JobStatus after =
            status(
                run,
                before ->
                    before
                        .withActive(0)
                        .withFailed(before.getFailed() == null ? 1 : before.getFailed() + 1));
        if (after.getFailed() > job(run).get().getSpec().getBackoffLimit()) {
          finish(run, "Failed", "BackoffLimitExceeded", "Job has reached the backoff limit");
        }
      }
      default -> status(run, before -> before.withActive(0));
    }
  }

  /** The first rule that fits decides; where none does, the failure is counted. */
  private static String verdict(Job job, int exitCode, boolean disrupted) {
    List<PodFailurePolicyRule> rules = job.getSpec().getPodFailurePolicy().getRules();
    return rules.stream()
        .filter(
            rule ->
                rule.getOnExitCodes() == null
                    ? disrupted
                    : rule.getOnExitCodes().getValues().contains(exitCode))
        .map(PodFailurePolicyRule::getAction)
        .findFirst()
        .orElse("Count");
  }

  /** Ends a Job that has run for too long. */
  void deadlinePasses(String run) {
    finish(run, "Failed", "DeadlineExceeded", "Job was active longer than specified deadline");
  }

  private void finish(String run, String type, String reason, String message) {
    status(
        run,
        before ->
            before
                .withActive(0)
                .addToConditions(
                    new JobConditionBuilder()
                        .withType(type)
                        .withStatus("True")
                        .withReason(reason)
                        .withMessage(message)
                        .withLastTransitionTime(BEGIN.plusSeconds(5400).toString())
                        .build()));
  }

  /** Has a Job stay, once it is deleted, as foreground deletion does while there are pods. */
  void holdsUntilPodsAreGone(String run) {
    job(run)
        .edit(
            job -> {
              job.getMetadata().setFinalizers(List.of("foregroundDeletion"));
              return job;
            });
  }

  private interface Change {
    JobStatusBuilder on(JobStatusBuilder before);
  }

  private JobStatus status(String run, Change change) {
    return job(run)
        .editStatus(
            job -> {
              JobStatus before = Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new);
              job.setStatus(change.on(before.edit()).build());
              return job;
            })
        .getStatus();
  }

  private ScalableResource<Job> job(String run) {
    return client.batch().v1().jobs().inNamespace(namespace).withName(run);
  }
}
