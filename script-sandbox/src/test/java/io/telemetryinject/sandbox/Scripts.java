package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.ExceptionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Scripts and calls for tests, and where the interpreter is. */
final class Scripts {
  static final String PYTHON = System.getProperty("telemetry.inject.python", "python3");

  /** Answers with what it was given, so that a test sees it arrive. */
  static final String ECHO =
      """
      def insertions(source_code, context):
          return [
              (0, context["qualified_name"]),
              (len(source_code.encode("utf-8")), ",".join(context["parameters"]) + "|"),
              (len(source_code), context["exceptions"]),
          ]
      """;

  private Scripts() {}

  static SandboxSettings settings() {
    return SandboxSettings.strict(PYTHON, 1);
  }

  /** A file beside the test classes. */
  static String resource(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An interpreter that is the real one behind these shell commands. */
  static String wrappedPython(Path directory, String command) throws IOException {
    Path wrapper = directory.resolve("python");
    Files.writeString(wrapper, "#!/bin/sh\nexec " + command.replace("PYTHON", PYTHON) + "\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    return wrapper.toString();
  }

  static ScriptCall call(String script, String source) {
    return call(script, source, "pkg.f", List.of("a", "b"));
  }

  static ScriptCall call(String script, String source, String name, List<String> parameters) {
    return new ScriptCall(
        script, sha256(script), source, name, parameters, ExceptionPolicy.CAPTURE);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static ScriptAnswer.Answered answered(ScriptAnswer answer) {
    return answer.fold(
        answered -> answered,
        broken -> {
          throw new AssertionError("broken: " + broken);
        });
  }

  static ScriptAnswer.Broken broken(ScriptAnswer answer) {
    return answer.fold(
        answered -> {
          throw new AssertionError("answered: " + answered);
        },
        broken -> broken);
  }
}
