package io.telemetryinject.coordinator.output;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.rawName;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninjectorIT {
  private Path root;

  @BeforeEach
  void makeRoot(@TempDir Path directory) throws IOException {
    root = Files.createDirectory(directory.toRealPath().resolve("tree"));
  }

  @Test
  void hasNothingToSayOfATreeWithoutManifest() throws IOException {
    write(root.resolve("a.py"), FUNCTION);

    assertThat(new Uninjector(root, Answers.PACKS).run()).isEmpty();
    assertThat(content(root)).containsOnlyKeys("a.py");
  }

  @Test
  void restoresEveryByteOfEveryKindOfFile() throws Exception {
    write(root.resolve("crlf.py"), FUNCTION.replace("\n", "\r\n"));
    write(root.resolve("mixed.py"), "x = 1\r\n" + FUNCTION + "y = 2\r");
    write(root.resolve("open.py"), "def f(a): return a");
    write(root.resolve("bom.py"), "\ufeff" + FUNCTION);
    write(
        root.resolve("latin.py"), ("# coding: latin-1\ns = 'é'\n" + FUNCTION).getBytes(ISO_8859_1));
    write(root.resolve("astral 😀\n.py"), "s = '😀'\n" + FUNCTION);
    write(rawName(root, "%FF.py"), FUNCTION);
    write(root.resolve("%FF.py"), FUNCTION + "# the other\n");
    write(root.resolve("deep/er/tabs.py"), "def f(a):\n\treturn a\n\f\n");
    Map<String, String> originals = content(root);
    assertThat(TestRun.of(root).run().applied()).isEqualTo(9);

    assertThat(undo()).isEqualTo(new Uninjector.Result(9, List.of()));

    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void leavesAnEditedFileAloneAndSaysSo() throws Exception {
    write(root.resolve("a.py"), FUNCTION);
    write(root.resolve("b.py"), FUNCTION);
    TestRun.of(root).run();
    String edited = content(root).get("a.py") + "# note\n";
    write(root.resolve("a.py"), edited);

    Uninjector.Result result = undo();

    assertThat(result.files()).isEqualTo(1);
    assertThat(result.edited()).hasSize(1);
    assertThat(result.edited().get(0).path()).isEqualTo("a.py");
    assertThat(((Outcome.Rejected) result.edited().get(0).file().outcome()).reason())
        .isEqualTo(RejectReason.EDITED);
    assertThat(content(root)).containsEntry("a.py", edited).containsEntry("b.py", FUNCTION);
    assertThat(root.resolve("_telemetry_utils.py")).exists();
  }

  @Test
  void finishesWhatAnInterruptedOneBegan() throws Exception {
    write(root.resolve("a.py"), FUNCTION);
    write(root.resolve("b.py"), FUNCTION);
    Map<String, String> originals = content(root);
    TestRun.of(root).run();
    write(root.resolve("a.py"), FUNCTION);

    assertThat(undo().files()).isEqualTo(1);

    assertThat(content(root)).isEqualTo(originals);
    assertThat(new Uninjector(root, Answers.PACKS).run()).isEmpty();
  }

  @Test
  void removesRuntimeFilesAndTablesOfEveryRun() throws Exception {
    write(root.resolve("my tools/t.py"), FUNCTION);
    write(root.resolve("a.py"), FUNCTION);
    TestRun.of(root).run();
    assertThat(root.resolve("my tools/_telemetry_utils.py")).exists();
    assertThat(root.resolve("my tools/_telemetry_scripts.tsv")).exists();
    Files.delete(root.resolve("my tools/t.py"));
    TestRun.of(root).run();

    undo();

    assertThat(content(root)).containsOnlyKeys("a.py", "my tools/");
  }

  @Test
  void leavesARuntimeFileAloneThatIsNoLongerOurs() throws Exception {
    write(root.resolve("a.py"), FUNCTION);
    TestRun.of(root).run();
    write(root.resolve("_telemetry_utils.py"), "mine = 1\n");

    undo();

    assertThat(root.resolve("_telemetry_utils.py")).hasContent("mine = 1");
    assertThat(root.resolve("_telemetry_scripts.tsv")).doesNotExist();
  }

  @Test
  void touchesNothingOutsideByAForgedManifest() throws Exception {
    write(root.resolve("a.py"), FUNCTION);
    TestRun.of(root).run();
    Path victim = Files.copy(root.resolve("a.py"), root.resolveSibling("victim.py"));
    Path runtime =
        Files.copy(root.resolve("_telemetry_utils.py"), root.resolveSibling("_telemetry_utils.py"));
    Path manifest = root.resolve(".telemetry-inject/manifest.jsonl");
    String forged =
        Files.readString(manifest).replace("\"path\":\"a.py\"", "\"path\":\"../victim.py\"");
    assertThat(forged).contains("../victim.py");
    Files.writeString(manifest, forged);
    String before = Files.readString(victim);

    undo();

    assertThat(victim).hasContent(before);
    assertThat(runtime).exists();
  }

  @Test
  void restoresNothingThroughAPlantedLink() throws Exception {
    write(root.resolve("pkg/a.py"), FUNCTION);
    TestRun.of(root).run();
    Path moved = Files.move(root.resolve("pkg"), root.resolveSibling("moved"));
    Files.createSymbolicLink(root.resolve("pkg"), moved);
    Map<String, String> before = content(moved);

    try {
      undo();
    } catch (IOException refused) {
      assertThat(refused).hasMessageContaining("symbolic link");
    }

    assertThat(content(moved)).isEqualTo(before);
  }

  private Uninjector.Result undo() throws IOException {
    return new Uninjector(root, Answers.PACKS).run().orElseThrow();
  }
}
