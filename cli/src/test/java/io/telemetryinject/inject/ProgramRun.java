package io.telemetryinject.inject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a program that ran left behind.
 *
 * @param output standard output
 * @param lastWords last line of standard error: of a traceback, what the exception says
 */
record ProgramRun(int exitCode, String output, String lastWords) {
  static final String PYTHON = System.getProperty("telemetry.inject.python", "python3");

  static ProgramRun of(Path folder, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(arguments);
    Path output = Files.createTempFile("program", ".out");
    Path errors = Files.createTempFile("program", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      builder.environment().keySet().removeIf(name -> name.matches("(TELEMETRY|PYTHON).*"));
      builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      builder.environment().put("PYTHONHASHSEED", "0");
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end: " + command);
      }
      List<String> said = text(errors).lines().filter(line -> !line.isBlank()).toList();
      String lastWords = said.isEmpty() ? "" : said.get(said.size() - 1);
      return new ProgramRun(process.exitValue(), withoutTimes(text(output)), lastWords);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Pytest tells how long it took. */
  private static String withoutTimes(String text) {
    return text.replaceAll(" in [0-9.]+s\\b", " in a while");
  }
}
