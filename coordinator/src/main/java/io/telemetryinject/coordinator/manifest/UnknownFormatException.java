package io.telemetryinject.coordinator.manifest;

import java.io.IOException;
import java.nio.file.Path;

/** A manifest of a format that this program does not know. */
public final class UnknownFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  UnknownFormatException(Path file, int format) {
    super(file + " is of format " + format + "; this program knows " + ManifestHeader.FORMAT);
  }
}
