package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Journal;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.manifest.RunBasis;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The input itself: instrumented files take the originals' place, and the manifest can undo it. */
public final class InPlaceOutput implements RunOutput {
  private final Path root;
  private final RunId run;
  private final RuntimeFiles runtime;
  private final Manifest earlier;
  private final Journal journal;
  private final AtomicFiles files;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /**
   * @param root real path of the input
   */
  public InPlaceOutput(Path root, RunId run, String policy, RuntimeFiles runtime)
      throws IOException {
    this.root = root;
    this.run = run;
    this.runtime = runtime;
    this.earlier = Manifest.read(root);
    ManifestHeader header =
        new ManifestHeader(ManifestHeader.FORMAT, run, policy, RunBasis.unknown(), runtime.paths());
    this.journal = Journal.open(root, header);
    this.files = new AtomicFiles(root);
  }

  /** A file that carries an earlier run's insertions, under whatever policy, is left as it is. */
  @Override
  public Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest)
      throws IOException {
    return earlier
        .record(PathText.of(file.path()))
        .filter(r -> r.after().equals(digest) && !r.insertions().isEmpty());
  }

  @Override
  public void keep(TreeEntry.SourceFile file, FileRecord fileRecord) throws IOException {
    seen.add(fileRecord.path());
    runtime.add(file.path(), fileRecord);
    journal.note(fileRecord);
  }

  @Override
  public void write(List<AssembledFile> assembled) throws IOException {
    List<FileRecord> records = new ArrayList<>();
    for (AssembledFile file : assembled) {
      seen.add(file.fileRecord().path());
      records.add(file.isChanged() ? file.fileRecord() : undoable(file.fileRecord()));
    }
    journal.append(records);
    for (AssembledFile file : assembled) {
      runtime.add(file.path(), file.fileRecord());
      if (file.isChanged()) {
        files.write(file.path(), file.after(), root.resolve(file.path()));
      }
    }
  }

  /** A file that was edited after it was instrumented must not be taken for an original. */
  private FileRecord undoable(FileRecord now) throws IOException {
    return earlier
        .record(now.path())
        .filter(then -> !then.insertions().isEmpty() && !then.before().equals(now.before()))
        .filter(then -> now.heldTelemetry())
        .orElse(now);
  }

  @Override
  public void carryOver(List<TreeEntry> entries) {
    // They are in their place already.
  }

  @Override
  public void complete() throws IOException {
    keepOthers();
    runtime.write(files, run);
    runtime.removeStale(root, earlier.runtime());
    files.removeParts();
    journal.complete();
  }

  /** Files that this run left out but an earlier one instrumented: they must stay undoable. */
  private void keepOthers() throws IOException {
    List<FileRecord> others = new ArrayList<>();
    for (String path : earlier.paths()) {
      if (!seen.contains(path) && Files.exists(root.resolve(PathText.toPath(path)))) {
        earlier.record(path).filter(r -> !r.insertions().isEmpty()).ifPresent(others::add);
      }
    }
    others.forEach(r -> runtime.add(PathText.toPath(r.path()), r));
    journal.append(others);
  }

  @Override
  public void close() throws IOException {
    journal.close();
    earlier.close();
  }
}
