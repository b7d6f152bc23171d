package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CPython decides whether there is room for one more {@code try}. */
class CaptureRoomIT {
  private static final int PROGRAMS = 400;

  /** From here on CPython counts differently, and never allows less. */
  private static final int MORE_ROOM_SINCE = 12;

  @TempDir private Path directory;

  @Test
  void agreesWithCPythonOnDeepNesting() throws Exception {
    List<String> sources = new ArrayList<>();
    for (int seed = 0; seed < PROGRAMS; seed++) {
      sources.add(NestedStatements.of(seed));
    }
    List<String> verdicts = compile(sources.stream().map(Canonical::captured).toList());
    int minorVersion = Integer.parseInt(verdicts.get(0));
    int refused = 0;
    for (int i = 0; i < sources.size(); i++) {
      boolean compiles = verdicts.get(i + 1).equals("ok");
      boolean room = Scans.alone(sources.get(i)).body().capturable();
      refused += room ? 0 : 1;
      if (room || minorVersion < MORE_ROOM_SINCE) {
        assertThat(room)
            .as("seed %s: %s\n%s", i, verdicts.get(i + 1), sources.get(i))
            .isEqualTo(compiles);
      }
    }
    assertThat(refused).isBetween(PROGRAMS / 10, PROGRAMS * 9 / 10);
  }

  @Test
  void capturesOnlyWhereTheIndentationAllowsIt() throws Exception {
    List<String> captured = new ArrayList<>();
    for (String source : indentations()) {
      if (Scans.alone(source).body().capturable()) {
        captured.add(Canonical.captured(source));
      }
    }
    assertThat(captured).hasSizeGreaterThan(25);
    List<String> after = compile(captured);
    for (int i = 0; i < captured.size(); i++) {
      assertThat(after.get(i + 1)).as(captured.get(i)).isEqualTo("ok");
    }
  }

  @Test
  void wouldBreakOddIndentationWithoutTheRule() throws Exception {
    List<String> broken = new ArrayList<>();
    for (String source : indentations()) {
      if (!Scans.alone(source).body().capturable()) {
        broken.add(Canonical.captured(source));
      }
    }
    List<String> verdicts = compile(broken);
    assertThat(verdicts).anyMatch(verdict -> verdict.startsWith("SyntaxError"));
    assertThat(verdicts).anyMatch(verdict -> verdict.startsWith("IndentationError"));
  }

  /** Two levels and back, in every mix of blanks that Python takes. */
  private List<String> indentations() throws IOException, InterruptedException {
    List<String> blanks =
        List.of(" ", "\t", "  ", " \t", "\t ", "    ", "        ", "\f ", " \\\n");
    List<String> sources = new ArrayList<>();
    for (String outer : blanks) {
      for (String inner : blanks) {
        for (String last : blanks) {
          sources.add(
              "def f(x):\n"
                  + (outer + "if x:\n")
                  + (outer + inner + "x()\n")
                  + (outer + last + "x()\n")
                  + (outer + "x()"));
        }
      }
    }
    List<String> verdicts = compile(sources);
    List<String> valid = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      if (verdicts.get(i + 1).equals("ok")) {
        valid.add(sources.get(i));
      }
    }
    return valid;
  }

  /** This Python's minor version, then its verdict on each program. */
  private List<String> compile(List<String> programs) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Python.testFile("compiles.py")));
    for (int i = 0; i < programs.size(); i++) {
      Path file = directory.resolve(i + ".py");
      Files.write(file, programs.get(i).getBytes(UTF_8));
      command.add(file.toString());
    }
    Python.Run run = Python.run(command);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output().lines().toList();
  }
}
