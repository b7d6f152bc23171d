package io.telemetryinject.coordinator;

import java.io.OutputStream;
import java.nio.file.Path;

/** Where a run's result goes. */
public sealed interface Destination {

  /** A tree of its own. */
  record Tree(Path root) implements Destination {}

  /** The input itself. */
  record InPlace() implements Destination {}

  /** Nowhere: what would change is shown. */
  record Diff(OutputStream out) implements Destination {}
}
