package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.ExceptionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Instruments real code and lets CPython's parser judge it: a part of the standard library, or the
 * tree named by {@code -Dtelemetry.inject.corpus=DIR}.
 */
class PythonTreeIT {
  private static final List<String> PACKAGES =
      List.of("asyncio", "email", "json", "logging", "unittest", "xml", "lib2to3");

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void everyFileIsItsOriginalPlusTelemetry(ExceptionPolicy policy, @TempDir Path directory)
      throws Exception {
    Path originals = originals(directory.resolve("originals"));
    Path instrumented = directory.resolve("instrumented");
    InstrumentedTree tree = new InstrumentedTree(originals, instrumented, policy);

    tree.run();
    Python.Run verdict = judge(originals, instrumented, "--before-compiling");

    report(policy, tree, verdict);
    assertThat(tree.broken).isEmpty();
    assertThat(tree.counts.get("accepted, " + policy.word())).isGreaterThan(100);
    assertThat(verdict.output()).contains("\"wrong\": 0");
  }

  @Test
  void theJudgeSeesWhatAWrongComposerOrVerifierWouldLetThrough(@TempDir Path directory)
      throws Exception {
    String original = "def f(x):\n    'd'\n    if x: return 1\n    x()\n";
    String good = TestSource.of(original).instrumented(ExceptionPolicy.CAPTURE);
    assertThat(judged(directory, original, good)).contains("\"wrong\": 0");
    for (String bad :
        List.of(
            good.replace("x()", "y()"),
            good.replace("'f'", "'g'"),
            good.replace("'x'", "''"),
            good.replace("return _tel.func_exit(_tel_func, (1))", "return 1"),
            good.replace("        _tel.func_exit(_tel_func, None)\n", ""),
            good.replace("        raise", "        pass"),
            good.replace("    'd'\n", "").replace("try:", "try:\n        'd'"),
            good.replace(PythonForms.IMPORT, "import os"),
            good + PythonForms.IMPORT,
            good + "  x")) {
      assertThat(good).isNotEqualTo(bad);
      assertThat(judged(directory, original, bad)).as(bad).contains("\"wrong\": 1");
    }
  }

  private static String judged(Path directory, String original, String instrumented)
      throws Exception {
    Path originals = Files.createDirectories(directory.resolve("a"));
    Path results = Files.createDirectories(directory.resolve("b"));
    Files.write(originals.resolve("m.py"), original.getBytes(UTF_8));
    Files.write(results.resolve("m.py"), instrumented.getBytes(UTF_8));
    return judge(originals, results).output();
  }

  private static Python.Run judge(Path originals, Path instrumented, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(Python.testFile("program_judge.py")));
    command.addAll(List.of(options));
    command.addAll(List.of(originals.toString(), instrumented.toString()));
    return Python.run(command);
  }

  private static Path originals(Path copies) throws Exception {
    String corpus = System.getProperty("telemetry.inject.corpus", "");
    if (!corpus.isEmpty()) {
      return Path.of(corpus);
    }
    Path library = Path.of(Python.run(List.of(Python.testFile("stdlib.py"))).output().strip());
    for (String name : PACKAGES) {
      try (var files = Files.walk(library.resolve(name))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (file.toString().endsWith(".py")) {
            Path copy = copies.resolve(library.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
          }
        }
      }
    }
    return copies;
  }

  private static void report(ExceptionPolicy policy, InstrumentedTree tree, Python.Run verdict)
      throws IOException {
    String text =
        "%s%nbroken %s%nverify %.1f us, compose %.1f us per function%njudge %s%n"
            .formatted(
                tree.counts,
                tree.broken,
                tree.verifyMicros(),
                tree.composeMicros(),
                verdict.output());
    String name = "python-tree-" + policy.word().toLowerCase(Locale.ROOT) + ".txt";
    Files.writeString(Files.createDirectories(Path.of("target")).resolve(name), text);
  }
}
