package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.FunctionTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real code as a model would see it, judged by CPython's parser. */
class SkeletonIT {
  private static final List<String> PACKAGES = List.of("asyncio", "email", "json", "lib2to3");
  private static final int LIMIT = 6000;

  private final PythonPack pack = new PythonPack();
  private final List<String> different = new ArrayList<>();
  private final StringBuilder pairs = new StringBuilder();
  private int functions;
  private int cut;
  private int rejected;

  @TempDir Path directory;

  @Test
  void hasTheSyntaxTreeAndShapeOfTheFunction() throws Exception {
    for (Path file : files()) {
      try {
        byte[] utf8 = pack.decode(Files.readAllBytes(file)).utf8();
        for (ScannedFunction function : pack.scan(utf8).functions()) {
          compare(function, Arrays.copyOfRange(utf8, function.start(), function.end()));
        }
      } catch (SourceRejectedException e) {
        rejected++;
      }
    }
    assertThat(rejected).isLessThan(files().size() / 20);
    assertThat(different).isEmpty();
    assertThat(cut).isLessThan(functions / 50);
    assertThat(judged(pairs.toString())).contains("'wrong': 0,").matches("(?s).*'same': \\d{4}.*");
  }

  @Test
  void theJudgeSeesADifference() throws Exception {
    String original = "def f(a):\n    return a, 'b'";
    for (String skeleton :
        List.of("def f(a):\n    return a", "def f(a):\n    return a, 1", "def f(a):\n  return '")) {
      assertThat(judged(original + "\0" + skeleton + "\0")).contains("'wrong': 1");
    }
  }

  private void compare(ScannedFunction function, byte[] code) throws SourceRejectedException {
    String skeleton = Skeleton.of(code, LIMIT);
    assertThat(skeleton.length()).isLessThanOrEqualTo(LIMIT);
    String whole = Skeleton.of(code, Integer.MAX_VALUE);
    functions++;
    cut += whole.equals(skeleton) ? 0 : 1;
    FunctionTask task =
        new FunctionTask(
            0, 1, function.qualifiedName(), function.classContext(), new String(code, UTF_8));
    ScannedFunction after = pack.scanFunction(task, whole.getBytes(UTF_8));
    boolean same =
        PythonDescription.shape(after).equals(PythonDescription.shape(function))
            && returns(after).equals(returns(function));
    if (!same) {
      different.add(task.code());
    }
    pairs.append(task.code()).append('\0').append(whole).append('\0');
  }

  private static List<Boolean> returns(ScannedFunction function) {
    return function.body().returns().stream().map(ReturnStatement::bare).toList();
  }

  private String judged(String texts) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("pairs"), texts);
    return Python.run(List.of(Python.testFile("skeleton_judge.py"), file.toString())).output();
  }

  /** A part of the standard library, or the tree named by a system property. */
  private static List<Path> files() throws IOException, InterruptedException {
    String corpus = System.getProperty("telemetry.inject.corpus", "");
    List<Path> roots =
        corpus.isEmpty()
            ? PACKAGES.stream().map(Path.of(Python.library())::resolve).toList()
            : List.of(Path.of(corpus));
    List<Path> files = new ArrayList<>();
    for (Path root : roots) {
      try (var found = Files.walk(root)) {
        found
            .filter(f -> f.toString().endsWith(".py") && Files.isRegularFile(f))
            .forEach(files::add);
      }
    }
    return files;
  }
}
