package io.telemetryinject.coordinator.output;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.fixture.TestRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffOutputIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        FUNCTION,
        "def f(a):\n    return a",
        "def f(a): return a",
        "def f(a):\r\n    return a\r\n",
        "x = 1\n\n\n\n\n" + FUNCTION + "y = 1\n\n\n\n\n\n\n\ndef g():\n    pass\n",
        "\n\n" + FUNCTION + "\n\n\n",
        "def f(a):\n    '''x'''\n    return '''\n--- a\n+++ b\n'''\n"
      })
  void isWhatPatchNeeds(String source) throws Exception {
    check("module.py", source.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.py", "a\nb.py", "ü 😀.py", "a\"b\\.py", "tab\t.py", "d e/f.py"})
  void namesFilesOfAnyName(String name) throws Exception {
    check(name, FUNCTION.getBytes(UTF_8));
  }

  @Test
  void keepsOtherEncodings() throws Exception {
    check("latin.py", ("# coding: latin-1\ns = 'é'\n" + FUNCTION).getBytes(ISO_8859_1));
  }

  @Test
  void writesNothingToTheTreeAndNothingOfFilesThatStay() throws Exception {
    Path input = directory.toRealPath().resolve("in");
    write(input.resolve("a.py"), "x = 1\n");
    write(input.resolve("b.txt"), "");
    Map<String, String> before = content(input);

    assertThat(diff(input)).isEmpty();
    assertThat(content(input)).isEqualTo(before);
  }

  private void check(String name, byte[] source) throws Exception {
    Path input = directory.toRealPath().resolve("in");
    write(input.resolve(name), source);
    Path output = input.resolveSibling("out");
    TestRun.of(input).to(output).run();

    byte[] diff = diff(input);
    patch(input, diff);

    assertThat(content(input)).containsEntry(name, content(output).get(name));
    assertThat(content(output).get(name)).contains("func_entry");
  }

  private static byte[] diff(Path input) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TestRun.of(input).to(new Destination.Diff(out)).run();
    return out.toByteArray();
  }

  private static void patch(Path input, byte[] diff) throws IOException, InterruptedException {
    Path file = Files.write(input.resolveSibling("run.diff"), diff);
    Process process;
    try {
      process =
          new ProcessBuilder("patch", "-p1", "--binary", "--fuzz=0", "-i", file.toString())
              .directory(input.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException absent) {
      assumeTrue(false, "no patch here");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("fuzz", "offset");
  }
}
