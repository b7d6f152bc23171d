package io.telemetryinject.coordinator.manifest;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElseGet;

import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.model.RunId;
import java.util.List;

/**
 * First line of a manifest or journal.
 *
 * @param format of the file, raised when lines change meaning
 * @param policy digest over everything but the input that decides what is inserted
 * @param basis what a later run may build on
 * @param runtime paths of the telemetry runtime files that the run added, relative to the root
 */
public record ManifestHeader(
    int format, RunId run, String policy, RunBasis basis, List<String> runtime) {
  public static final int FORMAT = 1;

  public ManifestHeader {
    requireNonNull(run, "run is missing");
    requireNonNull(policy, "policy is missing");
    basis = requireNonNullElseGet(basis, RunBasis::unknown);
    runtime = List.copyOf(runtime);
    runtime.forEach(PathText::toPath);
  }
}
