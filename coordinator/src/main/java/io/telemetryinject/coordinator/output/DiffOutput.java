package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.tree.TreeEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A unified diff of what a run would do; nothing is written to the tree. */
public final class DiffOutput implements RunOutput {
  private final OutputStream out;

  /**
   * @param out receives the diff's bytes, each file's in its own encoding; stays open
   */
  public DiffOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest) {
    return Optional.empty();
  }

  @Override
  public void keep(TreeEntry.SourceFile file, FileRecord fileRecord) {
    // Nothing is kept, so nothing is taken over.
  }

  @Override
  public synchronized void write(List<AssembledFile> files) throws IOException {
    for (AssembledFile file : files) {
      if (file.isChanged()) {
        out.write(FileDiff.of(file));
      }
    }
    out.flush();
  }

  @Override
  public void carryOver(List<TreeEntry> entries) {
    // A diff shows what changes only.
  }

  @Override
  public void complete() {
    // The diff is out already.
  }

  @Override
  public void close() {
    // The stream is the caller's.
  }
}
