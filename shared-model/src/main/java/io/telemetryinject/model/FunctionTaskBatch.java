package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Tasks of one file: the unit of transport on {@code function-tasks}, keyed by file.
 *
 * @param imports the file's import statements, as text, for the metadata's context
 */
public record FunctionTaskBatch(
    RunId run, FileRef file, RunPolicy policy, List<String> imports, List<FunctionTask> tasks) {
  public FunctionTaskBatch {
    requireNonNull(run, "run is missing");
    requireNonNull(file, "file is missing");
    requireNonNull(policy, "policy is missing");
    imports = copy(imports, "imports");
    tasks = copy(tasks, "tasks");
  }
}
