package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Submits runs: makes their Jobs from the run template. */
public final class RunSubmission {
  private final Cluster cluster;
  private final ApiProblems api;
  private final RunList runs;

  public RunSubmission(Cluster cluster) {
    this.cluster = cluster;
    this.api = new ApiProblems(cluster);
    this.runs = new RunList(cluster);
  }

  /**
   * What came of an order.
   *
   * @param name of the run
   * @param keepsWork whether a next attempt finds what the one before has done
   */
  public record Submitted(String name, boolean keepsWork) {}

  /**
   * The Job that an order would make, as YAML; nothing is submitted.
   *
   * @throws RunProblem when there is no template for it, or the order is not sound
   */
  public String draft(RunOrder order) throws RunProblem {
    return cluster.client().getKubernetesSerialization().asYaml(job(order));
  }

  /**
   * Submits a run.
   *
   * @throws RunProblem when another run writes to the same output, or the cluster does not take it
   */
  public Submitted submit(RunOrder order) throws RunProblem {
    Job job = job(order);
    String name = job.getMetadata().getName();
    if (!order.job().allowParallel()) {
      Optional<String> other = otherTo(order.output(), name);
      if (other.isPresent()) {
        throw refused(order.output(), other.get());
      }
    }
    create(job);
    if (!order.job().allowParallel()) {
      withdrawIfAnotherCame(order.output(), name);
    }
    return new Submitted(name, keepsWork(job));
  }

  private Job job(RunOrder order) throws RunProblem {
    String asked = order.job().name();
    String name =
        asked == null
            ? RunNames.generate(order.repository(), order.ref())
            : RunNames.checked(asked);
    CronJob template = new RunTemplates(cluster).find(order.job().template());
    return new JobDraft(template, order, name).job();
  }

  private void create(Job job) throws RunProblem {
    String name = job.getMetadata().getName();
    try {
      api.ask(
          "create the Job of run " + name,
          () ->
              cluster
                  .client()
                  .batch()
                  .v1()
                  .jobs()
                  .inNamespace(cluster.namespace())
                  .resource(job)
                  .create());
    } catch (RunProblem e) {
      if (e.getCause() instanceof KubernetesClientException failure
          && failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        throw new RunProblem(
            "there is a Job named " + name + " in namespace " + cluster.namespace() + " already",
            "Choose another --name, or none; see telemetry-inject status " + name + ".",
            e);
      }
      throw e;
    }
  }

  /**
   * Two who submit at once may both have looked before either created its Job. Who finds another
   * afterwards withdraws, even if both do: rather no run than two that fight.
   */
  private void withdrawIfAnotherCame(BucketAddress output, String name) throws RunProblem {
    Optional<String> other = otherTo(output, name);
    if (other.isEmpty()) {
      return;
    }
    api.ask(
        "withdraw run " + name,
        () ->
            cluster
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete());
    throw refused(output, other.get());
  }

  private Optional<String> otherTo(BucketAddress output, String name) throws RunProblem {
    List<Job> jobs = runs.jobs();
    return jobs.stream()
        .filter(job -> !job.getMetadata().getName().equals(name))
        .filter(job -> writesTo(job, output))
        .filter(job -> !isDone(job))
        .map(job -> job.getMetadata().getName())
        .findFirst();
  }

  private static boolean writesTo(Job job, BucketAddress output) {
    String other = job.getMetadata().getAnnotations().getOrDefault(Labels.OUTPUT, "");
    return other.replaceAll("/+$", "").equals(output.text());
  }

  /** A run that is being cancelled may still write for its pod's grace period. */
  private static boolean isDone(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(
                c ->
                    "True".equals(c.getStatus())
                        && ("Complete".equals(c.getType()) || "Failed".equals(c.getType())));
  }

  private static RunProblem refused(BucketAddress output, String other) {
    return new RunProblem(
        "run " + other + " writes to " + output + " already",
        "Wait for it (telemetry-inject logs "
            + other
            + " --follow), end it (telemetry-inject cancel "
            + other
            + "), or name another --output; --allow-parallel has two runs fight over it.");
  }

  private static boolean keepsWork(Job job) {
    return job.getSpec().getTemplate().getSpec().getVolumes().stream()
        .anyMatch(volume -> volume.getPersistentVolumeClaim() != null);
  }
}
