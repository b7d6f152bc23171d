package io.telemetryinject.coordinator.output;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.names;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeOutputIT {
  private Path input;
  private Path output;

  @BeforeEach
  void makeInput(@TempDir Path directory) throws IOException {
    input = directory.toRealPath().resolve("in");
    output = input.resolveSibling("out");
    write(input.resolve("a.py"), FUNCTION);
    write(input.resolve("pkg/__init__.py"), "");
    write(input.resolve("pkg/b.py"), FUNCTION.replace("f(", "g("));
    write(input.resolve("pkg/data.bin"), new byte[] {0, -1, 10});
    Files.createDirectories(input.resolve("empty"));
    Files.createSymbolicLink(input.resolve("link.py"), Path.of("a.py"));
  }

  @Test
  void holdsEverythingTheInputHolds() throws Exception {
    RunReport report = run();

    assertThat(report.applied()).isEqualTo(2);
    assertThat(names(output)).isEqualTo(names(input));
    assertThat(content(output))
        .containsEntry("link.py", "-> a.py")
        .containsEntry("pkg/data.bin", "\u0000\u00ff\n")
        .containsEntry("empty/", "");
    assertThat(content(output).get("a.py")).contains("func_entry('f', 'a')");
  }

  @Test
  void keepsEverythingInASecondRun() throws Exception {
    run();
    Map<String, String> first = content(output);

    RunReport second = run();

    assertThat(content(output)).isEqualTo(first);
    assertThat(second.filesKept()).isEqualTo(3);
    assertThat(second.tasks()).isZero();
    assertThat(run().filesKept()).isEqualTo(3);
    assertThat(content(output)).isEqualTo(first);
  }

  @Test
  void redoesOnlyWhatChanged() throws Exception {
    run();
    write(input.resolve("a.py"), FUNCTION + "\n\n" + FUNCTION.replace("f(", "h("));

    RunReport second = run();

    assertThat(second.filesKept()).isEqualTo(2);
    assertThat(second.tasks()).isEqualTo(2);
    assertThat(content(output).get("a.py")).contains("func_entry('h', 'a')");
    assertThat(content(output).get("pkg/b.py")).contains("func_entry('g', 'a')");
  }

  @Test
  void redoesWhatWasTamperedWithInTheOutput() throws Exception {
    run();
    Map<String, String> first = content(output);
    write(output.resolve("a.py"), "import os\n");
    Files.delete(output.resolve("pkg/b.py"));

    run();

    assertThat(content(output)).isEqualTo(first);
  }

  @Test
  void triesAgainWhatMerelyFailed() throws Exception {
    RunReport first =
        TestRun.of(input)
            .to(output)
            .answeredBy(task -> new Outcome.Failed(ErrorCode.SANDBOX, "no worker"))
            .run();
    assertThat(first.failed()).isEqualTo(2);

    assertThat(run().applied()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void carriesOnWhereverARunWasKilled(int steps) throws Exception {
    Path faultless = input.resolveSibling("faultless");
    Outputs outputs = new Outputs(input);
    outputs.stepsInto(faultless, 5);
    outputs.stepsInto(output, steps);

    TreeOutput.claim(output);
    outputs.stepsInto(output, 5);

    assertThat(content(output)).isEqualTo(content(faultless));
  }

  @Test
  void carriesOnAfterAKillBetweenJournalAndFile() throws Exception {
    Path faultless = input.resolveSibling("faultless");
    Outputs outputs = new Outputs(input);
    outputs.stepsInto(faultless, 5);
    outputs.stepsInto(output, 4);
    write(output.resolve("a.py"), "half of an earlier version");
    write(output.resolve(".telemetry-inject/parts/7"), "half of a");

    outputs.stepsInto(output, 5);

    assertThat(content(output)).isEqualTo(content(faultless));
  }

  @Test
  void doesNotSendFinishedFilesAgainAfterAKill() throws Exception {
    TestRun killed = TestRun.of(input).to(output);
    killed.runUntilTask(2);
    TestRun resumed = TestRun.of(input).to(output);

    RunReport report = resumed.run();

    assertThat(report.applied()).isEqualTo(2);
    assertThat(resumed.published()).isLessThanOrEqualTo(2);
    assertThat(names(output)).isEqualTo(names(input));
  }

  @Test
  void removesSourceFilesThatTheInputNoLongerHas() throws Exception {
    run();
    Files.delete(input.resolve("pkg/b.py"));
    Files.delete(input.resolve("a.py"));
    Files.delete(input.resolve("link.py"));
    write(output.resolve("a.py"), "edited since, so no longer ours\n");
    write(output.resolve("notes.txt"), "somebody's");

    run();

    assertThat(output.resolve("pkg/b.py")).doesNotExist();
    assertThat(output.resolve("a.py")).exists();
    assertThat(output.resolve("notes.txt")).exists();
    assertThat(output.resolve("pkg/__init__.py")).exists();
  }

  @Test
  void removesRuntimeFilesThatNothingNeedsAnyMore() throws Exception {
    write(input.resolve("my tools/t.py"), FUNCTION);
    run();
    assertThat(output.resolve("my tools/_telemetry_utils.py")).exists();
    Files.delete(input.resolve("my tools/t.py"));

    run();

    assertThat(output.resolve("my tools/_telemetry_utils.py")).doesNotExist();
    assertThat(output.resolve("my tools/_telemetry_scripts.tsv")).doesNotExist();
    assertThat(output.resolve("_telemetry_utils.py")).exists();
  }

  @Test
  void refusesADirectoryThatHoldsFilesOfOthers() throws Exception {
    write(output.resolve("theirs.txt"), "");

    assertThatThrownBy(this::run).isInstanceOf(InputProblem.class);
    assertThat(names(output)).containsExactly("theirs.txt");
  }

  @Test
  void refusesAFileInPlaceOfADirectory() throws Exception {
    write(output, "a file");

    assertThatThrownBy(this::run).isInstanceOf(InputProblem.class);
    assertThat(output).hasContent("a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkg", ".telemetry-inject/parts", ".telemetry-inject"})
  void writesThroughNoLinkThatWasPlantedAmongItsDirectories(String planted) throws Exception {
    Path outside = Files.createDirectory(input.resolveSibling("outside"));
    write(outside.resolve("data.bin"), "precious");
    write(outside.resolve("b.py"), "precious = 1\n");
    run();
    Path link = output.resolve(planted);
    Path kept = output.resolveSibling("kept");
    if (Files.exists(link)) {
      Files.move(link, kept);
      if (planted.equals(".telemetry-inject")) {
        Files.copy(kept.resolve("manifest.jsonl"), outside.resolve("manifest.jsonl"));
      }
    }
    Files.createSymbolicLink(link, outside);
    Map<String, String> before = content(outside);
    // Control: plain file operations do follow the link.
    assertThat(link.resolve("b.py")).hasContent("precious = 1");
    write(input.resolve("pkg/data.bin"), "new");
    write(input.resolve("pkg/b.py"), FUNCTION + "\n");

    assertThatThrownBy(this::run)
        .isInstanceOfAny(RunInterruption.class, IOException.class, InputProblem.class);

    assertThat(content(outside)).isEqualTo(before);
  }

  @Test
  void replacesAPlantedLinkInPlaceOfAFileAndLeavesItsTargetAlone() throws Exception {
    Path victim = write(input.resolveSibling("victim.py"), "precious = 1\n");
    run();
    Files.delete(output.resolve("a.py"));
    Files.createSymbolicLink(output.resolve("a.py"), victim);

    run();

    assertThat(victim).hasContent("precious = 1");
    assertThat(output.resolve("a.py")).isRegularFile();
    assertThat(Files.isSymbolicLink(output.resolve("a.py"))).isFalse();
  }

  @Test
  void removesNothingOutsideByAForgedManifest() throws Exception {
    run();
    Path victim = Files.copy(output.resolve("a.py"), input.resolveSibling("victim.py"));
    Path manifest = output.resolve(".telemetry-inject/manifest.jsonl");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"path\":\"a.py\"", "\"path\":\"../victim.py\""));

    run();

    assertThat(victim).exists();
  }

  @Test
  void keepsModes() throws Exception {
    chmod(input.resolve("a.py"), "rwxr-x---");
    chmod(input.resolve("pkg/data.bin"), "r--r-----");
    chmod(input.resolve("empty"), "rwx------");

    run();

    assertThat(mode("a.py")).isEqualTo("rwxr-x---");
    assertThat(mode("pkg/data.bin")).isEqualTo("r--r-----");
    assertThat(mode("empty")).isEqualTo("rwx------");
  }

  @Test
  void writesIntoReadOnlyDirectoriesAgainAndAgain() throws Exception {
    chmod(input.resolve("pkg/b.py"), "r--r--r--");
    chmod(input.resolve("pkg"), "r-xr-xr-x");
    try {
      run();
      assertThat(mode("pkg")).isEqualTo("r-xr-xr-x");
      chmod(input.resolve("pkg"), "rwxr-xr-x");
      chmod(input.resolve("pkg/b.py"), "rw-r--r--");
      write(input.resolve("pkg/b.py"), FUNCTION + "\n");
      chmod(input.resolve("pkg"), "r-xr-xr-x");

      assertThat(run().applied()).isEqualTo(2);

      assertThat(mode("pkg")).isEqualTo("r-xr-xr-x");
      assertThat(content(output).get("pkg/b.py")).endsWith("raise\n\n");
    } finally {
      chmod(input.resolve("pkg"), "rwxr-xr-x");
      chmod(output.resolve("pkg"), "rwxr-xr-x");
    }
  }

  @Test
  void copiesAPlainFileAgainWhenItsTimeOrSizeSaysSo() throws Exception {
    run();
    write(input.resolve("pkg/data.bin"), "new");
    Files.setLastModifiedTime(input.resolve("pkg/data.bin"), FileTime.fromMillis(1_000_000));

    run();

    assertThat(output.resolve("pkg/data.bin")).hasContent("new");
  }

  @Test
  void undoesToTheOriginalsOfAnInputThatWasInstrumentedInPlace() throws Exception {
    Map<String, String> originals = content(input);
    TestRun.of(input).to(new Destination.InPlace()).run();
    run();

    new Uninjector(output.toRealPath(), Answers.PACKS).run();

    assertThat(content(output)).isEqualTo(originals);
  }

  @Test
  void saysWhatIsInTheWay() throws Exception {
    run();
    Path link = output.resolve("pkg");
    Files.move(link, output.resolveSibling("moved"));
    Files.createSymbolicLink(link, output.resolveSibling("moved"));

    assertThatThrownBy(this::run).hasMessageContaining("pkg is reached through a symbolic link");
    assertThatIOException()
        .isThrownBy(() -> new AtomicFiles(output.toRealPath()).folder(Path.of("pkg/x")));
  }

  private RunReport run() throws Exception {
    return TestRun.of(input).to(output).run();
  }

  private static void chmod(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(output.resolve(path)));
  }
}
