package io.telemetryinject.llm.stub.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instruments the function of a prompt with the general script, in a Python process each time. */
final class DirectAnswers {
  private static final Pattern FUNCTION = Pattern.compile("(?s)\n<function>\n(.*)\n</function>");
  private static final Pattern NAME = Pattern.compile("(?m)^QUALIFIED_NAME: (.*)$");
  private static final Pattern ENTRY = Pattern.compile("func_entry\\('[^']*'");

  private DirectAnswers() {}

  static String instrumented(String prompt) {
    String name = group(NAME, prompt);
    String result = run(group(FUNCTION, prompt));
    return ENTRY.matcher(result).replaceFirst("func_entry('" + name + "'") + "\n";
  }

  private static String group(Pattern pattern, String prompt) {
    Matcher matcher = pattern.matcher(prompt);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in " + prompt);
    }
    return matcher.group(1);
  }

  private static String run(String function) {
    try {
      Path directory = Files.createTempDirectory("direct");
      Path script = Files.writeString(directory.resolve("script.py"), Works.generalScript());
      Path source = Files.writeString(directory.resolve("source.py"), function);
      Process process =
          new ProcessBuilder("python3", "-I", script.toString(), source.toString()).start();
      String result = new String(process.getInputStream().readAllBytes(), UTF_8);
      Files.delete(script);
      Files.delete(source);
      Files.delete(directory);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
