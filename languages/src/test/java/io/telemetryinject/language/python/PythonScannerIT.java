package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CPython's own parser and compiler decide what is in a file. */
class PythonScannerIT {
  private static final String PYTHON = System.getProperty("telemetry.inject.python", "python3");
  private static final Path SCRIPT = Path.of(Python.testFile("ast_judge.py"));
  private static final int SAMPLE = 200;

  @TempDir private Path directory;

  @Test
  void agreesWithCPythonOnItsStandardLibrary() throws Exception {
    Path library = Path.of(Python.run(List.of(Python.testFile("stdlib.py"))).output().strip());
    List<Path> all = ScannerJudge.pythonFiles(library);
    int step = Math.max(1, all.size() / SAMPLE);
    List<Path> sample = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      sample.add(all.get(i));
    }

    assertThat(judge(sample, facts -> facts))
        .contains(" differences=0")
        .doesNotContain("functions=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void agreesWithCPythonOnNastySources(String lineBreak) throws Exception {
    List<String> sources = new ArrayList<>(OddFunctions.all().values());
    sources.add(Files.readString(Path.of(Python.testFile("nasty/statements.py"))));
    sources.add(Files.readString(Path.of(Python.testFile("nasty/newest.py"))));
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      Path file = directory.resolve(files.size() + ".py");
      String text = source.replace("\r\n", "\n").replace("\n", lineBreak);
      files.add(Files.write(file, text.getBytes(UTF_8)));
      files.add(
          Files.write(directory.resolve(files.size() + ".py"), ("\ufeff" + text).getBytes(UTF_8)));
    }

    assertThat(judge(files, facts -> facts)).contains(" differences=0");
  }

  @Test
  void parsesTheNastySourcesAtAll() throws Exception {
    Path file = Path.of(Python.testFile("nasty/statements.py"));
    assertThat(judge(List.of(file), facts -> facts)).contains("unparsable=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "end",
        "line",
        "name",
        "qualname",
        "class",
        "enclosing",
        "kind",
        "parameters",
        "types",
        "returntype",
        "decorators",
        "body",
        "docstring",
        "first",
        "ownline",
        "firstline",
        "last",
        "tail",
        "falls",
        "returns",
        "lines",
        "spans",
        "rule"
      })
  void theJudgeNoticesAWrongFact(String field) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("f.py"), "@x\ndef f(a: int) -> int:\n  'd'\n  return a\n");
    assertThat(judge(List.of(file), facts -> facts)).contains(" differences=0");
    assertThat(
            judge(List.of(file), facts -> facts.replace("\t" + field + "=", "\t" + field + "=1")))
        .doesNotContain(" differences=0");
  }

  @Test
  void theJudgeNoticesWhatIsMissing() throws Exception {
    Path file = Files.writeString(directory.resolve("f.py"), "import x\ndef f(): x\n");
    assertThat(judge(List.of(file), facts -> facts.replaceAll("D\t.*\n", "")))
        .contains(" differences=1");
    assertThat(judge(List.of(file), facts -> facts.replace("M\t0", "M\t9")))
        .contains(" differences=1");
    assertThat(judge(List.of(file), facts -> "R\tPARSE\n")).contains(" differences=1");
  }

  private String judge(List<Path> files, UnaryOperator<String> statement) throws Exception {
    Path output = directory.resolve("verdict.txt");
    ScannerJudge judge = new ScannerJudge(PYTHON, SCRIPT, statement);
    int exitCode = judge.judge(files, ProcessBuilder.Redirect.to(output.toFile()));
    String verdict = Files.readString(output);
    assertThat(exitCode).as(verdict).isEqualTo(verdict.contains(" differences=0") ? 0 : 1);
    assertThat(judge.differences()).as("a function alone, and in its file").isEmpty();
    return verdict;
  }
}
