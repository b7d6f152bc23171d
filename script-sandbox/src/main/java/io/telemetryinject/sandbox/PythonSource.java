package io.telemetryinject.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The worker's Python files, which travel in this module's jar. */
final class PythonSource {
  private PythonSource() {}

  static byte[] read(String name) {
    try (InputStream in = PythonSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program is incomplete: it lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
