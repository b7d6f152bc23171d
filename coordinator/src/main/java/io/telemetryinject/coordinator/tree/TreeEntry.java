package io.telemetryinject.coordinator.tree;

import io.telemetryinject.model.Language;
import io.telemetryinject.model.RejectReason;
import java.nio.file.Path;

/** One thing in an input tree; {@code path} is relative to the tree's root. */
public sealed interface TreeEntry {
  Path path();

  /** A file to instrument. */
  record SourceFile(Path path, Language language) implements TreeEntry {}

  /** A file to carry over as it is. */
  record PlainFile(Path path) implements TreeEntry {}

  /** A directory; carried over also when it is empty. */
  record Folder(Path path) implements TreeEntry {}

  /** A symbolic link, carried over as it is and never followed. */
  record Link(Path path, Path target) implements TreeEntry {}

  /** Something that cannot be carried over, or should not be trusted. */
  record Refused(Path path, RejectReason reason, String detail) implements TreeEntry {}
}
