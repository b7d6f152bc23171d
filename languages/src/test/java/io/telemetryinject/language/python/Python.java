package io.telemetryinject.language.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The interpreter that tests run, on files of this module. */
final class Python {
  private static final String INTERPRETER =
      System.getProperty("telemetry.inject.python", "python3");

  private Python() {}

  /**
   * What a run left behind.
   *
   * @param output both streams, as they came
   */
  record Run(int exitCode, String output) {}

  static Run run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(INTERPRETER));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("closed its output but did not end: " + command);
    }
    return new Run(process.exitValue(), new String(output, StandardCharsets.UTF_8));
  }

  /** Directory of the standard library: real code that every machine has. */
  static String library() throws IOException, InterruptedException {
    String print = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    return run(List.of("-c", print)).output().strip();
  }

  static String testFile(String path) {
    return Path.of("src/test/python", path).toAbsolutePath().toString();
  }
}
