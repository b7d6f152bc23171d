package io.telemetryinject.coordinator.assemble;

import io.telemetryinject.coordinator.manifest.FileRecord;
import java.nio.file.Path;

/**
 * A file ready to be written.
 *
 * @param path relative to the root
 * @param before its bytes in the input
 * @param after its bytes in the output; the same array when nothing was inserted
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one owner to the next
public record AssembledFile(Path path, byte[] before, byte[] after, FileRecord fileRecord) {

  public boolean isChanged() {
    return before != after;
  }
}
