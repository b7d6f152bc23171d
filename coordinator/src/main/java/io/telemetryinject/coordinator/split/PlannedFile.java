package io.telemetryinject.coordinator.split;

import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A source file taken apart.
 *
 * @param batches tasks of the functions that need a script, in bounded batches; empty when the file
 *     needs nothing
 * @param settled outcomes of the other functions, or of the file as a whole
 */
public record PlannedFile(
    Path path, FileRef file, List<FunctionTaskBatch> batches, List<FunctionRecord> settled) {
  public PlannedFile {
    batches = List.copyOf(batches);
    settled = List.copyOf(settled);
  }

  static PlannedFile refused(Path path, FileRef file, RejectReason reason, String detail) {
    FunctionRecord whole =
        new FunctionRecord(FunctionRecord.WHOLE_FILE, 0, new Outcome.Rejected(reason, detail));
    return new PlannedFile(path, file, List.of(), List.of(whole));
  }

  public int tasks() {
    return batches.stream().mapToInt(batch -> batch.tasks().size()).sum();
  }

  /** Why the file as a whole was refused, if it was. */
  public Optional<FunctionRecord> wholeFile() {
    return settled.stream()
        .filter(r -> r.qualifiedName().equals(FunctionRecord.WHOLE_FILE))
        .findFirst();
  }
}
