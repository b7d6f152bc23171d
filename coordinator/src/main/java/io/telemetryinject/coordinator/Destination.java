package io.telemetryinject.coordinator;

import java.io.OutputStream;
import java.nio.file.Path;

/** Where a run's result goes. */
public sealed interface Destination {

  /** A tree of its own. */
  record Tree(Path root) implements Destination {}

  /** The input itself. */
  record InPlace() implements Destination {}

  /** A file that holds all changes, for {@code git apply} or {@code patch -p1}. */
  record Patch(Path file) implements Destination {}

  /** Nowhere: what would change is shown. */
  record Diff(OutputStream out) implements Destination {}
}
