package io.telemetryinject.kubernetes;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Names of the labels and annotations that make a Job a run. */
final class Labels {
  static final String RUN_TEMPLATE = "telemetry-inject.io/run-template";
  static final String RUN = "telemetry-inject.io/run";
  static final String OWNER = "telemetry-inject.io/owner";
  static final String REPO = "telemetry-inject.io/repo";
  static final String REF = "telemetry-inject.io/ref";
  static final String OUTPUT = "telemetry-inject.io/output";

  /** What {@code kubectl create job --from} notes down. */
  static final String INSTANTIATE = "cronjob.kubernetes.io/instantiate";

  /** Set on pods by the cluster. */
  static final String JOB_NAME = "job-name";

  /** What the Jobs of all runs have, also of those that a schedule starts. */
  static final Map<String, String> OF_RUNS =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of(
                  "app.kubernetes.io/name", "telemetry-inject",
                  "app.kubernetes.io/component", "run")));

  /** The container that is the run; others may stand beside it. */
  static final String CONTAINER = "coordinator";

  private Labels() {}
}
