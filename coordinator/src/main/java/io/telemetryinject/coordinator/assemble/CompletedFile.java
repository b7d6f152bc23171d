package io.telemetryinject.coordinator.assemble;

import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.Outcome;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file whose every function has an outcome. The outcomes are untrusted.
 *
 * @param path relative to the input's root
 * @param outcomes by {@link io.telemetryinject.model.FunctionTask#start()}
 */
public record CompletedFile(Path path, FileRef file, Map<Integer, Outcome> outcomes) {
  public CompletedFile {
    outcomes = Map.copyOf(outcomes);
  }
}
