package io.telemetryinject.coordinator;

import io.telemetryinject.model.Sha256;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where a run's result goes. */
public sealed interface Destination {

  /** Digest of where it is, in hex. */
  default String name() {
    return Sha256.of(place());
  }

  private String place() {
    if (this instanceof Tree tree) {
      return "tree " + tree.root().toAbsolutePath().normalize();
    }
    if (this instanceof Patch patch) {
      return "patch " + patch.file().toAbsolutePath().normalize();
    }
    return getClass().getSimpleName();
  }

  /** A tree of its own. */
  record Tree(Path root) implements Destination {}

  /** The input itself. */
  record InPlace() implements Destination {}

  /** A file that holds all changes, for {@code git apply} or {@code patch -p1}. */
  record Patch(Path file) implements Destination {}

  /** Nowhere: what would change is shown. */
  record Diff(OutputStream out) implements Destination {}
}
