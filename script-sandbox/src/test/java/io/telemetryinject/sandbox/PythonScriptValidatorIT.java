package io.telemetryinject.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.sandbox.ScriptValidator.Candidate;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonScriptValidatorIT {
  private static final String SCRIPT = Scripts.resource("good_script.py");
  private static final String TESTS = Scripts.resource("good_tests.py");
  private static final List<ScriptCall> SAMPLES =
      List.of(
          Scripts.call("", "def f(a, b):\n    a()\n    b()", "f", List.of("a", "b")),
          Scripts.call("", "    def g(self):\n        self.x = 'ü'", "C.g", List.of("self")),
          Scripts.call("", "def h():\n    with x as y:\n\n        y()", "h", List.of()));

  private static PythonScriptValidator validator;

  @BeforeAll
  static void start() {
    validator = new PythonScriptValidator(Scripts.settings().withDeadline(Duration.ofMillis(500)));
    validator.start();
  }

  @AfterAll
  static void stop() {
    validator.close();
  }

  @Test
  void aCarefulScriptPassesEveryStep() {
    ValidationReport report = validator.validate(new Candidate(SCRIPT, TESTS, SAMPLES));

    assertThat(report.steps())
        .extracting(Step::name, Step::detail)
        .isEqualTo(
            List.of("syntax", "imports", "lint", "tests", "mutants", "determinism", "idempotence")
                .stream()
                .map(name -> org.assertj.core.groups.Tuple.tuple(name, ""))
                .toList());
    assertThat(report.passed()).isTrue();
    assertThat(report.testsPassed()).isEqualTo(5);
    assertThat(report.testsFailed()).isZero();
    assertThat(report.lintScore()).isEqualTo(10.0);
  }

  @Test
  void stopsAtASyntaxError() {
    assertThat(failedStep(edited("def main() -> int:", "def main( -> int:"), TESTS))
        .isEqualTo(new Step("syntax", false, "the script: SyntaxError: invalid syntax (line 49)"));
    assertThat(failedStep(SCRIPT, "def test(:").detail()).startsWith("the tests: SyntaxError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import os",
        "import subprocess as s",
        "from socket import socket",
        "from . import other",
        "from sys import _getframe",
        "X = eval('1')",
        "exec('1')",
        "Y = __import__('os')",
        "Z = compile('1', '', 'eval')",
        "F = open('x')",
        "G = [].__class__.__base__.__subclasses__()",
        "H = sys.modules['os']",
        "I = getattr(sys, '_getframe')",
        "J = __builtins__",
        "sys.setrecursionlimit(10 ** 9)",
      })
  void stopsAtImportsAndCallsThatScriptsDoNotNeed(String line) {
    Step step = failedStep(edited("ENTRY = ", line + "\nENTRY = "), TESTS);

    assertThat(step.name()).isEqualTo("imports");
    assertThat(step.detail()).startsWith("line 6: ");
  }

  @Test
  void stopsAtAScriptThatBreaksTheContract() {
    Step step = failedStep(edited("def insert_telemetry(source_code: str)", "def other()"), TESTS);

    assertThat(step.name()).isEqualTo("imports");
    assertThat(step.detail()).contains("lacks a function insert_telemetry with 1 parameters");
  }

  @Test
  void stopsAtLintBelowTheScore() {
    String sloppy = "\nimport json, re\nl = 1\nI=lambda O:O\nif l == True: pass\n".repeat(6);
    Step step = failedStep(SCRIPT + sloppy, TESTS);

    assertThat(step.name()).isEqualTo("lint");
    assertThat(step.detail()).startsWith("pylint's score is ").contains("line ");
  }

  @Test
  void stopsAtATestThatFailsAndSaysWhere() {
    Step step = failedStep(edited("_tel.func_exit(_tel_func, None)", "_tel.func_exit()"), TESTS);

    assertThat(step.name()).isEqualTo("tests");
    assertThat(step.detail())
        .contains("test_twice_is_once: AssertionError (line 40) assert insert_telemetry(SOURCE)")
        .contains("test_inserts[capture-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = 1 | there is no test",
        "import nowhere | No module named 'nowhere'",
        "def test(nothing): pass | test: FixtureLookupError",
        "def test(): raise SystemExit | SystemExit",
        "def test(): open('/etc/passwd') | FileNotFoundError",
        "import socket; socket.socket() | forbidden system call",
        "import os; os.fork() | PermissionError",
        "import ctypes; ctypes.string_at(0) | SIGSEGV",
        "while True: pass | deadline",
        "def test(): x = bytearray(2 << 30) | MemoryError",
        "import os; os._exit(0) | exit code 0",
      })
  void stopsAtTestsThatAreNone(String tests, String reason) {
    Step step = failedStep(SCRIPT, tests);

    assertThat(step.name()).isEqualTo("tests");
    assertThat(step.detail()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "def test(): assert insertions | inserts nothing at all",
        "def test(): assert insertions('def f():\\n  x', C) | inserts one byte too late",
        "def test(): assert len(insertions('def f():\\n  x', C)) == 3 | names another function",
      })
  void stopsAtTestsThatPassOnADefect(String test, String survivor) {
    String tests =
        "from insertion_script import insertions\n"
            + "C = {'qualified_name': 'f', 'parameters': [], 'exceptions': 'capture'}\n"
            + test;

    Step step = failedStep(SCRIPT, tests);

    assertThat(step.name()).isEqualTo("mutants");
    assertThat(step.detail()).contains(survivor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[*{'a', 'b', 'c', 'd', 'e'}][0]",
        "str(hash('x'))",
        "str(id(context))",
        "str(SEEN.append(1) or len(SEEN))",
      })
  void stopsAtAnswersThatChangeFromRunToRun(String name) {
    String script =
        edited("context['qualified_name']", "name_of(context)")
            .replace(
                "\ndef insert_telemetry",
                "\nSEEN = []\n\n\ndef name_of(context):\n    \"\"\"Name.\"\"\"\n"
                    + "    if len(context['parameters']) == 2 and context['qualified_name'] == 'f':\n"
                    + "        return 'f'\n    return "
                    + name
                    + "\n\n\ndef insert_telemetry");

    assertThat(failedStep(script, TESTS).name()).isEqualTo("determinism");
  }

  @Test
  void stopsAtAScriptThatInstrumentsTwice() {
    String script =
        edited("if lines[first].strip()", "if function.name == 'f' and lines[first].strip()");

    assertThat(failedStep(script, TESTS))
        .extracting(Step::name, Step::detail)
        .containsExactly(
            "idempotence",
            "sample 2 (C.g) is not left alone once it is instrumented: insertions() must be []");
  }

  /** A report goes to whoever heals the script, who must not see somebody's code. */
  @Test
  void neitherNamesNorQuotesWhatMayNotBeShown() {
    ScriptCall hidden = SAMPLES.get(1);
    String line = "    first = function.body[0].lineno - 1\n";
    String script =
        edited(
            line,
            line + "    if 'self.x' in source_code:\n        raise ValueError(source_code)\n");

    ValidationReport report = validator.validate(new Candidate(script, TESTS, SAMPLES, 1));

    assertThat(report.steps().get(report.steps().size() - 1).detail())
        .startsWith("sample 2 (a real function) breaks the script: ValueError (line ")
        .doesNotContain(hidden.qualifiedName())
        .doesNotContain(hidden.sourceCode());
  }

  @Test
  void aCandidateThatEndsItsWorkerLeavesTheNextOneAlone() {
    failedStep(SCRIPT, "import ctypes; ctypes.string_at(0)");

    assertThat(validator.validate(new Candidate(SCRIPT, TESTS, SAMPLES)).passed()).isTrue();
  }

  @Test
  void saysWhatToInstallWhenPytestIsMissing(@TempDir Path directory) throws Exception {
    String python = Scripts.wrappedPython(directory, "PYTHON -S \"$@\"");
    try (PythonScriptValidator bare =
        new PythonScriptValidator(SandboxSettings.strict(python, 1))) {

      assertThatThrownBy(bare::start)
          .isInstanceOf(SandboxUnavailableException.class)
          .hasMessageContaining("No module named 'py")
          .hasMessageContaining("pip install pytest pylint")
          .hasMessageContaining(python);
    }
  }

  private static Step failedStep(String script, String tests) {
    ValidationReport report = validator.validate(new Candidate(script, tests, SAMPLES));
    assertThat(report.passed()).isFalse();
    Step last = report.steps().get(report.steps().size() - 1);
    assertThat(last.passed()).isFalse();
    return last;
  }

  private static String edited(String old, String replacement) {
    assertThat(SCRIPT).contains(old);
    return SCRIPT.replace(old, replacement);
  }
}
