package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of a namespace, those that a schedule has started among them. */
public final class RunList {
  private final Cluster cluster;
  private final ApiProblems api;

  public RunList(Cluster cluster) {
    this.cluster = cluster;
    this.api = new ApiProblems(cluster);
  }

  /**
   * All runs whose Jobs are still kept, newest first.
   *
   * @throws RunProblem when the cluster does not tell
   */
  public List<RunStatus> all() throws RunProblem {
    List<Job> jobs = jobs();
    if (jobs.isEmpty()) {
      return List.of();
    }
    List<Pod> pods = pods(Map.of());
    return jobs.stream()
        .map(job -> new RunReading(job, Attempts.of(job, pods)).status())
        .sorted(
            Comparator.comparing(
                    RunStatus::started, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
                .reversed()
                .thenComparing(RunStatus::name))
        .toList();
  }

  /**
   * One run, if its Job is still kept.
   *
   * @throws RunProblem when the cluster does not tell, or when the Job of that name is no run
   */
  public Optional<RunStatus> find(String name) throws RunProblem {
    return snapshot(name).map(RunSnapshot::status);
  }

  Optional<RunSnapshot> snapshot(String name) throws RunProblem {
    Optional<Job> job = job(name);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Attempts attempts = Attempts.of(job.get(), pods(Map.of(Labels.JOB_NAME, name)));
    RunStatus status = new RunReading(job.get(), attempts).status();
    if (status.phase() == RunPhase.WAITING && attempts.pods().isEmpty()) {
      Optional<String> why = whyNoPod(job.get());
      status = why.isEmpty() ? status : status.because(why.get());
    }
    return Optional.of(new RunSnapshot(job.get(), attempts, status));
  }

  List<Job> jobs() throws RunProblem {
    return api.ask(
        "list runs",
        () ->
            cluster
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withLabels(Labels.OF_RUNS)
                .list()
                .getItems());
  }

  private Optional<Job> job(String name) throws RunProblem {
    String checked = RunNames.checked(name);
    Optional<Job> job =
        Optional.ofNullable(
            api.ask(
                "look up run " + name,
                () ->
                    cluster
                        .client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(cluster.namespace())
                        .withName(checked)
                        .get()));
    if (job.isPresent()
        && !job.get().getMetadata().getLabels().entrySet().containsAll(Labels.OF_RUNS.entrySet())) {
      throw new RunProblem(
          "the Job " + name + " in namespace " + cluster.namespace() + " is no run of ours",
          "See which runs there are: telemetry-inject status.");
    }
    return job;
  }

  private List<Pod> pods(Map<String, String> labels) throws RunProblem {
    return api.ask(
        "list the pods of runs",
        () ->
            cluster
                .client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel(Labels.JOB_NAME)
                .withLabels(labels)
                .list()
                .getItems());
  }

  /** A quota or an admission rule is told in events alone; who may not read them learns less. */
  private Optional<String> whyNoPod(Job job) {
    try {
      return api
          .ask(
              "read the run's events",
              () ->
                  cluster
                      .client()
                      .v1()
                      .events()
                      .inNamespace(cluster.namespace())
                      .withField("involvedObject.uid", job.getMetadata().getUid())
                      .list()
                      .getItems())
          .stream()
          .filter(event -> "Warning".equals(event.getType()))
          .reduce((earlier, later) -> later)
          .map(Event::getMessage);
    } catch (RunProblem e) {
      return Optional.empty();
    }
  }
}
