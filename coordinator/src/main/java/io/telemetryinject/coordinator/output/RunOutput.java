package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.tree.TreeEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes what a run produces. Safe for use by several threads. */
public interface RunOutput extends AutoCloseable {

  /**
   * Makes room: what earlier runs left and this one will not have goes away. Comes first.
   *
   * @param wanted all that the output is to hold of the input
   */
  default void prepare(WantedPaths wanted) throws IOException {}

  /**
   * What an earlier run of the same policy made of this very file, if its result still stands: the
   * file needs no work then.
   *
   * @param digest of the input file's bytes
   */
  Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest) throws IOException;

  /** Takes over a file that {@link #finished} told of. */
  void keep(TreeEntry.SourceFile file, FileRecord fileRecord) throws IOException;

  /** Writes assembled files, each of them atomically. */
  void write(List<AssembledFile> files) throws IOException;

  /** Carries over everything that is not a source file, and source files that stay as they are. */
  void carryOver(List<TreeEntry> entries) throws IOException;

  /** What a person should know of how it went; complete after {@link #complete}. */
  default List<String> remarks() {
    return List.of();
  }

  /** Ends the run: the runtime files, the manifest. Nothing is complete before. */
  void complete() throws IOException;

  @Override
  void close() throws IOException;
}
