package io.telemetryinject.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which interpreter to use: the user's, the launcher's, or the one on the path. */
final class PythonCommand {
  private static final String FROM_LAUNCHER = "TELEMETRY_INJECT_PYTHON";
  private static final String DEFAULT = "python3";

  private PythonCommand() {}

  static String find(@Nullable String wanted) throws Complaint {
    if (wanted == null) {
      return System.getenv().getOrDefault(FROM_LAUNCHER, DEFAULT);
    }
    if (wanted.contains("/") && !Files.isExecutable(Path.of(wanted))) {
      throw new Complaint(
          ExitCode.USAGE,
          "the interpreter " + wanted + " is not an executable file",
          "Name a Python 3.9 or later with --python.");
    }
    return wanted;
  }
}
