package io.telemetryinject.coordinator;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.names;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPlanIT {
  private Path input;
  private Path output;

  @BeforeEach
  void makeInput(@TempDir Path directory) throws IOException {
    input = directory.toRealPath().resolve("in");
    output = input.resolveSibling("out");
    write(input.resolve("a.py"), FUNCTION);
  }

  @Test
  void refusesAnInputThatIsNoDirectory() {
    assertThatThrownBy(() -> TestRun.of(input.resolve("a.py")).to(output).run())
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("is not a directory");
    assertThatThrownBy(() -> TestRun.of(input.resolve("gone")).to(output).run())
        .isInstanceOf(InputProblem.class);
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_telemetry_utils.py", "deep/er/_telemetry_utils.py"})
  void refusesAForeignFileOfTheRuntimesNameBeforeAnythingIsWritten(String name) {
    write(input.resolve(name), "tel = None\n");
    Map<String, String> before = content(input);

    assertThatThrownBy(() -> TestRun.of(input).to(output).run())
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> TestRun.of(input).run()).isInstanceOf(InputProblem.class);

    assertThat(output).doesNotExist();
    assertThat(content(input)).isEqualTo(before);
  }

  @Test
  void refusesARuntimeFileThatIsALink() throws IOException {
    Path elsewhere =
        write(
            input.resolveSibling("runtime.py"),
            Answers.PYTHON.runtimeFile(new RunId("0".repeat(64))));
    Files.createSymbolicLink(input.resolve("_telemetry_utils.py"), elsewhere);

    assertThatThrownBy(() -> TestRun.of(input).run()).isInstanceOf(InputProblem.class);
  }

  @Test
  void takesARuntimeFileOfOurs() throws Exception {
    write(input.resolve("_telemetry_utils.py"), Answers.PYTHON.runtimeFile());

    assertThat(TestRun.of(input).to(output).run().applied()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a,b"})
  void refusesMalformedGlobs(String glob) {
    assertThatThrownBy(() -> TestRun.of(input).to(output).including(glob).run())
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining(glob);
    assertThatThrownBy(() -> TestRun.of(input).to(output).excluding(glob).run())
        .isInstanceOf(InputProblem.class);
    assertThat(output).doesNotExist();
  }

  @Test
  void carriesOverWhatIsExcluded() throws Exception {
    write(input.resolve("tests/test_a.py"), FUNCTION);

    RunReport report = TestRun.of(input).to(output).excluding("tests/**").run();

    assertThat(report.applied()).isEqualTo(1);
    assertThat(content(output)).containsEntry("tests/test_a.py", FUNCTION);
  }

  @Test
  void doesNotReadAnOutputInsideTheInput() throws Exception {
    Path inside = input.resolve("build/out");

    TestRun.of(input).to(inside).run();
    String first = content(inside).get("a.py");
    RunReport second = TestRun.of(input).to(inside).run();

    assertThat(second.files()).isEqualTo(1);
    assertThat(content(inside)).containsEntry("a.py", first);
    assertThat(names(inside)).containsExactly("a.py", "build/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "../in", "../link"})
  void refusesTheInputItselfAsOutput(String name) throws IOException {
    Files.createSymbolicLink(input.resolveSibling("link"), input);
    Map<String, String> before = content(input);

    assertThatThrownBy(() -> TestRun.of(input).to(input.resolve(name)).run())
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("the output is the input itself");
    assertThat(content(input)).isEqualTo(before);
  }

  @Test
  void reportsPlainFilesItMayNotReadAndCopiesTheRest() throws Exception {
    Path closed = write(input.resolve("secret.bin"), "secret");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "the superuser may read everything");

    RunReport report = TestRun.of(input).to(output).run();

    assertThat(report.applied()).isEqualTo(1);
    assertThat(report.notApplied())
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.path()).isEqualTo("secret.bin");
              assertThat(((Outcome.Rejected) e.function().outcome()).reason())
                  .isEqualTo(RejectReason.UNREADABLE);
            });
  }

  @Test
  void knowsARunByItsFilesAndItsGlobs() throws Exception {
    var run = TestRun.of(input).plan().run();

    assertThat(TestRun.of(input).to(output).plan().run()).isEqualTo(run);
    assertThat(TestRun.of(input).excluding("b*").plan().run()).isNotEqualTo(run);
    assertThat(TestRun.of(input).including("b*").plan().run())
        .isNotEqualTo(TestRun.of(input).excluding("b*").plan().run());
    write(input.resolve("a.py"), FUNCTION + "\n");
    assertThat(TestRun.of(input).plan().run()).isNotEqualTo(run);
  }

  @Test
  void knowsARunByWhatItsPolicyAsksFor() throws Exception {
    Selection methods = new Selection(0, Set.of(Selection.Kind.METHOD));
    RunPolicy direct =
        new RunPolicy(
            Answers.POLICY.exceptions(),
            Answers.POLICY.keyKind(),
            false,
            RunPolicy.Method.DIRECT,
            "",
            Long.MAX_VALUE);
    Set<RunId> runs = new HashSet<>();
    runs.add(TestRun.of(input).plan().run());
    runs.add(TestRun.of(input).under(Answers.POLICY.withIntent("a")).plan().run());
    runs.add(TestRun.of(input).under(Answers.POLICY.withIntent("b")).plan().run());
    runs.add(TestRun.of(input).under(direct).plan().run());
    runs.add(TestRun.of(input).selecting(methods).plan().run());
    runs.add(TestRun.of(input).selecting(new Selection(3, methods.kinds())).plan().run());
    assertThat(runs).hasSize(6);
    assertThat(TestRun.of(input).under(Answers.POLICY.withIntent(" ")).plan().run()).isIn(runs);
  }

  @Test
  void redoesAnOutputWhoseFunctionsWereChosenDifferently() throws Exception {
    Selection none = new Selection(0, Set.of(Selection.Kind.GENERATOR));

    RunReport first = TestRun.of(input).to(output).selecting(none).run();
    RunReport second = TestRun.of(input).to(output).run();

    assertThat(first.skipped()).isEqualTo(1);
    assertThat(first.applied()).isZero();
    assertThat(second.applied()).isEqualTo(1);
  }

  @Test
  void sendsNoTaskForAFunctionThatIsLeftOut() throws Exception {
    write(input.resolve("b.py"), "class A:\n    def m(self):\n        return 1\n");
    TestRun run =
        TestRun.of(input).to(output).selecting(new Selection(0, Set.of(Selection.Kind.METHOD)));

    RunReport report = run.run();

    assertThat(run.published()).isEqualTo(1);
    assertThat(report.applied()).isEqualTo(1);
    assertThat(content(output)).containsEntry("a.py", FUNCTION);
    TestRun again =
        TestRun.of(output)
            .to(output.resolveSibling("again"))
            .selecting(new Selection(0, Set.of(Selection.Kind.METHOD)));
    assertThat(again.run().rejected()).isZero();
  }
}
