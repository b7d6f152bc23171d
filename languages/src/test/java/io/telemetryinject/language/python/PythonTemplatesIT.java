package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts and tests from the templates, run by a real interpreter. */
class PythonTemplatesIT {
  /** A tree to judge the scripts by, whole; without it, a sample of the interpreter's library. */
  private static final String CORPUS = System.getProperty("telemetry.inject.corpus", "");

  @TempDir static Path scripts;

  @BeforeAll
  static void writeScripts() throws IOException {
    RenderedScripts.writeAll(scripts);
  }

  @Test
  void testsPassOnTheirScriptAndFailOnEveryWrongOne() throws Exception {
    Python.Run run = Python.run(List.of(Python.testFile("templates/try_tests.py"), "" + scripts));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("0 wrong");
  }

  @Test
  void instrumentsEveryCornerCaseAsTheFormsAsk(@TempDir Path cases) throws Exception {
    int count = 0;
    for (Map.Entry<String, String> corner : CornerCases.read().entrySet()) {
      boolean indented = corner.getValue().startsWith(" ") || corner.getValue().startsWith("\t");
      String margin = indented ? "if 1:\n" : "";
      Files.write(
          cases.resolve(String.format("%03d.py", count++)),
          (margin + corner.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Python.Run run = judge("" + cases);

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void instrumentsRealFunctionsAsTheFormsAsk() throws Exception {
    List<String> where = List.of("--limit", "60", Python.library());
    Python.Run run = judge((CORPUS.isEmpty() ? where : List.of(CORPUS)).toArray(String[]::new));

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void judgeFindsAScriptThatIsWrong(@TempDir Path wrong) throws Exception {
    RenderedScripts.writeAll(wrong);
    Path general = wrong.resolve("general.py");
    String script = Files.readString(general);
    assertThat(script).contains("behind + gap");
    Files.writeString(general, script.replace("behind + gap", "behind + 1"));
    Path file = Files.writeString(wrong.resolve("input.py"), "def f(a):\n    return(a)\n");

    Python.Run run =
        Python.run(List.of(Python.testFile("templates/judge.py"), "" + wrong, "" + file));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
  }

  @Test
  void instrumentsAFileFromTheCommandLine(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("f.py");
    Files.writeString(file, "def f(a):\r\n    return a");

    Python.Run run = Python.run(List.of("" + scripts.resolve("general.py"), "" + file));

    assertThat(run.output())
        .isEqualTo(
            String.join(
                "\r\n",
                "def f(a):",
                "    _tel_func = _tel.func_entry('f', 'a')",
                "    try:",
                "        return _tel.func_exit(_tel_func, (a))",
                "    except BaseException as _tel_exc:",
                "        _tel.func_error(_tel_func, _tel_exc)",
                "        raise"));
  }

  @Test
  void saysOnTheCommandLineWhatIsWrong(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("f.py"), "def f(:\n");

    for (Path input : List.of(file, directory.resolve("missing.py"))) {
      Python.Run run = Python.run(List.of("" + scripts.resolve("general.py"), "" + input));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output()).startsWith("" + scripts).doesNotContain("Traceback");
    }
  }

  @Test
  void testsAreAPytestFile(@TempDir Path directory) throws Exception {
    Files.copy(scripts.resolve("general.py"), directory.resolve("insertion_script.py"));
    Files.copy(scripts.resolve("test_general.py"), directory.resolve("test_general.py"));

    Python.Run run =
        Python.run(List.of("-m", "pytest", "-q", "-p", "no:cacheprovider", "" + directory));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("7 passed");
  }

  @Test
  void scriptsPleaseTheLinter() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-m", "pylint", "--fail-under=9", "--disable=duplicate-code"));
    for (String name :
        List.of(
            "general",
            "returns-none",
            "docstring-returns-value",
            "docstring-one-line-tabs-returns-mixed-falls-through-strings",
            "one-line-returns-bare-no-capture")) {
      arguments.add("" + scripts.resolve(name + ".py"));
    }

    Python.Run run = Python.run(arguments);

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private static Python.Run judge(String... paths) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(Python.testFile("templates/judge.py"), "" + scripts));
    arguments.addAll(List.of(paths));
    return Python.run(arguments);
  }
}
