package io.telemetryinject.coordinator.output;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.rawName;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.GitRepo;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchOutputIT {
  private static final List<String> SOURCES =
      List.of(
          FUNCTION,
          "def f(a):\n    return a",
          "def f(a): return a",
          "def f(a):\r\n    return a\r\n",
          "def f(a):\r\n    return a\n\r\n\n",
          "x = 1\n\n\n\n\n" + FUNCTION + "y = 1\n\n\n\n\n\n\n\ndef g():\n    pass\n",
          "\n\n" + FUNCTION + "\n\n\n",
          "class C:\n    def f(self):\n        def g():\n            pass\n        return g\n",
          "def f(a):\n    '''x'''\n    return '''\n--- a\n+++ b\n@@ -1 +1 @@\n'''\n",
          "def f(a):\n    return a\n\f\n\ndef g(): pass");

  private Path input;
  private Path patch;

  @BeforeEach
  void makeInput(@TempDir Path directory) throws IOException {
    input = directory.toRealPath().resolve("in");
    patch = input.resolveSibling("changes.patch");
    for (int i = 0; i < SOURCES.size(); i++) {
      write(input.resolve("pkg/m" + i + ".py"), SOURCES.get(i));
    }
    write(
        input.resolve("latin.py"),
        ("# coding: latin-1\ns = 'é'\n" + FUNCTION).getBytes(ISO_8859_1));
    write(input.resolve("with bom.py"), "\ufeff" + FUNCTION);
    write(input.resolve("ü 😀/\"quoted\" \\ and more.py"), FUNCTION);
    write(rawName(input, "not-utf8-%FF.py"), FUNCTION.getBytes(UTF_8));
    write(input.resolve("only constants/c.py"), "x = 1\n");
    write(input.resolve("data.bin"), new byte[] {0, 1, 2, -1});
  }

  @Test
  void appliesWithGitToTheBytesOfATree() throws Exception {
    Path copy = patched();
    GitRepo.run(copy, "apply", "--whitespace=nowarn", patch.toString());

    assertThat(content(copy)).isEqualTo(tree());
  }

  @Test
  void appliesInAGitWorkTreeToo() throws Exception {
    Path copy = patched();
    GitRepo repo = GitRepo.init(copy);
    repo.commitAll();
    repo.git("apply", "--index", patch.toString());
    String files = repo.git("status", "--porcelain");
    Trees.delete(copy.resolve(".git"));

    assertThat(content(copy)).isEqualTo(tree());
    assertThat(files).contains("A  _telemetry_utils.py", "M  pkg/m0.py");
  }

  @Test
  void appliesWithPatchAndIsTakenBackByGit() throws Exception {
    Path copy = patched();

    String said = patch(copy);

    assertThat(content(copy)).isEqualTo(tree());
    assertThat(said).doesNotContain("fuzz", "offset");
    GitRepo.run(copy, "apply", "-R", "--whitespace=nowarn", patch.toString());
    assertThat(content(copy)).isEqualTo(content(input));
  }

  @Test
  void isTheSameEachTimeAndTakesThePlaceOfTheLastOne() throws Exception {
    run();
    byte[] first = Files.readAllBytes(patch);
    Files.write(patch, new byte[] {1});
    Files.write(input.resolveSibling("changes.patch.spool"), new byte[] {1});
    run();

    assertThat(Files.readAllBytes(patch)).isEqualTo(first);
    try (Stream<Path> beside = Files.list(patch.getParent())) {
      assertThat(beside.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("in", "changes.patch");
    }
  }

  @Test
  void showsUpOnlyWhenItIsComplete() throws Exception {
    TestRun.of(input).to(new Destination.Patch(patch)).runUntilTask(3);

    assertThat(patch).doesNotExist();
    run();
    assertThat(patch).exists();
  }

  @Test
  void replacesARuntimeFileOfAnEarlierVersion() throws Exception {
    write(input.resolve("_telemetry_utils.py"), Answers.PYTHON.runtimeFile());
    Path copy = patched();

    GitRepo.run(copy, "apply", "--whitespace=nowarn", patch.toString());

    assertThat(content(copy)).isEqualTo(tree());
  }

  @Test
  void refusesAPlaceWhereNoFileCanBe() {
    for (Path place : List.of(input, input.resolve("no/where.patch"))) {
      assertThatThrownBy(() -> TestRun.of(input).to(new Destination.Patch(place)).run())
          .isInstanceOf(InputProblem.class)
          .hasMessageContaining(place.toString());
    }
  }

  private void run() throws Exception {
    TestRun.of(input).to(new Destination.Patch(patch)).run();
  }

  /** A copy of the input to apply the patch to. */
  private Path patched() throws Exception {
    run();
    Path copy = input.resolveSibling("copy");
    Trees.copy(input, copy);
    return copy;
  }

  /** What a run into a tree writes, without what it keeps for itself. */
  private Map<String, String> tree() throws Exception {
    Path output = input.resolveSibling("tree");
    TestRun.of(input).to(output).run();
    Map<String, String> content = content(output);
    content.keySet().removeIf(name -> name.startsWith(".telemetry-inject"));
    return content;
  }

  private String patch(Path copy) throws Exception {
    Process process =
        new ProcessBuilder("patch", "-p1", "--binary", "--fuzz=0", "-i", patch.toString())
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
