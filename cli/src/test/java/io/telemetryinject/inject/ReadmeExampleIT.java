package io.telemetryinject.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExampleIT {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final String PYTHON = System.getProperty("telemetry.inject.python", "python3");

  @TempDir Path directory;

  private static String example() throws Exception {
    Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
    assertThat(matcher.find()).as("the README has a Java example").isTrue();
    // The test's machine decides which interpreter; the reader's default is python3.
    return matcher.group(1).replace(".build()", ".python(\"" + PYTHON + "\").build()");
  }

  @Test
  void compilesAndRunsWhatTheReadmeShows() throws Exception {
    // Given
    Path source = directory.resolve("Example.java");
    Files.writeString(
        source,
        """
        import io.telemetryinject.inject.*;
        import java.nio.file.Path;
        import java.util.List;

        public class Example {
          public static void main(String[] args) throws Exception {
            %s
          }
        }
        """
            .formatted(example()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    String classPath = System.getProperty("java.class.path");

    // When
    int compiled =
        compiler.run(
            null,
            null,
            complaints,
            "-proc:none",
            "-cp",
            classPath,
            "-d",
            directory.toString(),
            source.toString());
    assertThat(compiled).as(complaints.toString()).isZero();
    String output = run(List.of("java", "-cp", directory + ":" + classPath, "Example"));

    // Then
    assertThat(output)
        .contains("_tel_func = _tel.func_entry('total', 'items')")
        .contains("return _tel.func_exit(_tel_func, (sum(items)))");
  }

  private String run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
