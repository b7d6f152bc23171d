package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.util.List;

/** Executions of one file: the unit of transport on {@code executions}, keyed by file. */
public record ExecutionBatch(
    RunId run, FileRef file, RunPolicy policy, List<FunctionExecution> executions, Effort effort) {
  public ExecutionBatch {
    requireNonNull(run, "run is missing");
    requireNonNull(file, "file is missing");
    requireNonNull(policy, "policy is missing");
    executions = copy(executions, "executions");
    requireNonNull(effort, "effort is missing");
  }
}
