package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.util.Optional;

/** Ends runs. */
public final class RunCancellation {
  private final Cluster cluster;
  private final RunList runs;

  public RunCancellation(Cluster cluster) {
    this.cluster = cluster;
    this.runs = new RunList(cluster);
  }

  /** What came of it. */
  public enum Ending {
    /** Its pods are told to stop, and have their grace period for that. */
    BEGUN,
    /** Somebody has cancelled it before. */
    GOING_ON,
    /** It was over by itself; its Job is left as the record of it. */
    OVER,
    /** There is no such run, or none any more. */
    UNKNOWN
  }

  /**
   * Ends a run; once more does no harm.
   *
   * <p>The Job stays until its pods are gone, so that {@code status} can tell of it meanwhile.
   *
   * @throws RunProblem when the cluster does not allow it
   */
  public Ending cancel(String name) throws RunProblem {
    Optional<RunStatus> run = runs.find(name);
    if (run.isEmpty()) {
      return Ending.UNKNOWN;
    }
    if (run.get().phase() == RunPhase.CANCELLED) {
      return Ending.GOING_ON;
    }
    if (run.get().phase().over()) {
      return Ending.OVER;
    }
    new ApiProblems(cluster)
        .ask(
            "cancel run " + name,
            () ->
                cluster
                    .client()
                    .batch()
                    .v1()
                    .jobs()
                    .inNamespace(cluster.namespace())
                    .withName(name)
                    .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                    .delete());
    return Ending.BEGUN;
  }
}
