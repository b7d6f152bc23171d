package io.telemetryinject.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of Debian's that a test needs; the test is skipped, visibly, where it is missing. */
public final class DebianTool {
  private DebianTool() {}

  /** Its path. */
  public static Path find(String program, String debianPackage) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      Path file = Path.of(directory, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    assumeTrue(
        false,
        program
            + " is not installed, so this was not tested; bin/install-prerequisites test-tools"
            + " installs Debian's package "
            + debianPackage);
    throw new IllegalStateException(program);
  }

  /** What came of running it: exit code, and all that it printed. */
  record Result(int exitCode, String output) {}

  static Result run(Path program, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
