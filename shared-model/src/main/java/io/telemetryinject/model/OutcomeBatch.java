package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.util.List;

/** Outcomes of one file: the unit of transport on {@code outcomes}, keyed by file. */
public record OutcomeBatch(RunId run, FileRef file, List<FunctionOutcome> outcomes, Effort effort) {
  public OutcomeBatch {
    requireNonNull(run, "run is missing");
    requireNonNull(file, "file is missing");
    outcomes = copy(outcomes, "outcomes");
    requireNonNull(effort, "effort is missing");
  }
}
