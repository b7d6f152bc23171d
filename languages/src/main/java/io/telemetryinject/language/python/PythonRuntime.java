package io.telemetryinject.language.python;

import io.telemetryinject.model.RunId;
import java.nio.charset.StandardCharsets;

/** The file that instrumented Python imports: one for all runs, but for the run's id in it. */
final class PythonRuntime {
  static final String FILE_NAME = "_telemetry_utils.py";
  private static final String RUN_ID_LINE = "\nRUN_ID = \"\"\n";
  private static final String TEXT = Resources.text(FILE_NAME);

  /** The second line, by which any version of the file is told from a foreign one of its name. */
  private static final String MARK = "# telemetry-inject runtime";

  private static final int MARK_WITHIN = 1024;

  private PythonRuntime() {}

  static byte[] bytes() {
    return TEXT.getBytes(StandardCharsets.UTF_8);
  }

  /** The file with a run's id in it, which events carry unless the environment says another. */
  static byte[] bytes(RunId run) {
    String line = "\nRUN_ID = \"" + run.digest() + "\"\n";
    return TEXT.replace(RUN_ID_LINE, line).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a file of this name was written by us, in this version or another. */
  static boolean isOurs(byte[] content) {
    int length = Math.min(content.length, MARK_WITHIN);
    return new String(content, 0, length, StandardCharsets.UTF_8)
        .lines()
        .limit(2)
        .anyMatch(line -> line.startsWith(MARK));
  }
}
