package io.telemetryinject.coordinator.output;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.tree.TreeEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InPlaceOutputIT {
  private Path root;
  private Map<String, String> originals;

  @BeforeEach
  void makeInput(@TempDir Path directory) throws IOException {
    root = directory.toRealPath().resolve("tree");
    write(root.resolve("a.py"), FUNCTION);
    write(root.resolve("b.py"), FUNCTION.replace("f(", "g("));
    write(root.resolve("notes.txt"), "notes");
    originals = content(root);
  }

  @Test
  void instrumentsAndUndoes() throws Exception {
    Files.setPosixFilePermissions(
        root.resolve("a.py"), PosixFilePermissions.fromString("rwxr-x---"));

    RunReport report = TestRun.of(root).run();

    assertThat(report.applied()).isEqualTo(2);
    assertThat(content(root).get("a.py")).contains("func_entry");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a.py"))))
        .isEqualTo("rwxr-x---");
    undo();
    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void changesNothingInASecondRun() throws Exception {
    TestRun.of(root).run();
    Map<String, String> first = content(root);

    RunReport second = TestRun.of(root).run();

    assertThat(content(root)).isEqualTo(first);
    assertThat(second.applied()).isZero();
    assertThat(second.unchanged()).isEqualTo(2);
    undo();
    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void resumesAfterAKillBetweenJournalAndMove() throws Exception {
    Outputs outputs = new Outputs(root);
    TreeEntry.SourceFile file = outputs.sources().get(0);
    AssembledFile assembled = outputs.assembled(file);
    killAfter(() -> assembled, false);
    assertThat(content(root).get("a.py")).isEqualTo(originals.get("a.py"));

    assertThat(TestRun.of(root).run().applied()).isEqualTo(2);

    undo();
    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void resumesAfterAKillBehindTheMoveAsTheSameRun() throws Exception {
    Outputs outputs = new Outputs(root);
    AssembledFile assembled = outputs.assembled(outputs.sources().get(0));
    var run = TestRun.of(root).plan().run();
    killAfter(() -> assembled, true);
    assertThat(content(root).get("a.py")).contains("func_entry");

    assertThat(TestRun.of(root).plan().run()).isEqualTo(run);
    RunReport resumed = TestRun.of(root).run();

    assertThat(resumed.filesKept()).isEqualTo(1);
    assertThat(resumed.applied() + resumed.unchanged()).isEqualTo(2);
    undo();
    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void keepsFilesUndoableThatALaterRunLeavesOut() throws Exception {
    TestRun.of(root).run();

    TestRun.of(root).excluding("a.py").run();

    undo();
    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void doesNotTakeAnEditedInstrumentedFileForAnOriginal() throws Exception {
    TestRun.of(root).run();
    String instrumented = content(root).get("a.py");
    write(root.resolve("a.py"), instrumented + "x = 1\n");

    TestRun.of(root).run();

    Uninjector.Result result = undo();
    assertThat(result.edited()).extracting(Uninjector.Edited::path).containsExactly("a.py");
    assertThat(root.resolve("_telemetry_utils.py")).exists();
    write(root.resolve("a.py"), instrumented);
    assertThat(undo().edited()).isEmpty();
    assertThat(content(root)).isEqualTo(originals);
  }

  @Test
  void instrumentsAFileAgainThatWasPutBackByHand() throws Exception {
    TestRun.of(root).run();
    write(root.resolve("a.py"), "x = 1\n" + FUNCTION);

    assertThat(TestRun.of(root).run().applied()).isEqualTo(1);

    assertThat(undo().edited()).isEmpty();
    assertThat(content(root).get("a.py")).isEqualTo("x = 1\n" + FUNCTION);
  }

  @Test
  void keepsAllOutOfAPlantedRunDirectory() throws Exception {
    Path outside = Files.createDirectory(root.resolveSibling("outside"));
    write(outside.resolve("parts/precious"), "precious");
    Files.createSymbolicLink(root.resolve(".telemetry-inject"), outside);
    Map<String, String> before = content(outside);

    assertThatThrownBy(() -> TestRun.of(root).run()).isInstanceOf(IOException.class);
    assertThat(content(outside)).isEqualTo(before);

    Files.delete(root.resolve(".telemetry-inject"));
    Files.createDirectory(root.resolve(".telemetry-inject"));
    Files.createSymbolicLink(root.resolve(".telemetry-inject/parts"), outside.resolve("parts"));

    assertThatThrownBy(() -> TestRun.of(root).run()).isInstanceOf(IOException.class);
    assertThat(content(outside)).isEqualTo(before);
  }

  private interface Assembled {
    AssembledFile get() throws IOException;
  }

  private void killAfter(Assembled file, boolean moved) throws Exception {
    Outputs outputs = new Outputs(root);
    try (InPlaceOutput output =
        new InPlaceOutput(root, Outputs.RUN, Outputs.POLICY, outputs.runtime())) {
      output.write(List.of(file.get()));
    }
    if (!moved) {
      write(root.resolve("a.py"), file.get().before());
    }
  }

  private Uninjector.Result undo() throws IOException {
    return new Uninjector(root, Answers.PACKS).run().orElseThrow();
  }
}
