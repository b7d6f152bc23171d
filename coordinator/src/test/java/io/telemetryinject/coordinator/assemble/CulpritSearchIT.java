package io.telemetryinject.coordinator.assemble;

import static io.telemetryinject.coordinator.assemble.AssemblerRig.other;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.FakeCompiler;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CulpritSearchIT {
  private static final int FUNCTIONS = 9;

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"0", "8", "4", "0 8", "3 4", "0 1 2 3 4 5 6 7", "0 1 2 3 4 5 6 7 8"})
  void takesOutTheCulpritsAndNobodyElse(String culprits) throws IOException {
    Set<String> names = Set.of(culprits.split(" "));

    AssembledFile file = rig(refusing(names)).assemble();

    assertThat(file.fileRecord().others())
        .extracting(FunctionRecord::qualifiedName)
        .containsExactlyInAnyOrderElementsOf(names.stream().map(n -> "f" + n).toList());
    assertThat(file.fileRecord().others())
        .extracting(f -> ((Outcome.Rejected) f.outcome()).reason())
        .containsOnly(RejectReason.COMPILE);
    assertThat(file.fileRecord().applied()).isEqualTo(FUNCTIONS - names.size());
    assertThat(refusing(names).compile(List.of(file.after()))).containsExactly("");
    assertThat(file.isChanged()).isEqualTo(names.size() < FUNCTIONS);
  }

  @Test
  void leavesOutOneOfTwoThatDoNotGoTogether() throws IOException {
    FakeCompiler compiler =
        FakeCompiler.saying(
            text -> entered(text, "1") && entered(text, "7") ? "too many blocks" : "");

    AssembledFile file = rig(compiler).assemble();

    assertThat(other(file, "f7"))
        .isEqualTo(new Outcome.Rejected(RejectReason.COMPILE, "too many blocks"));
    assertThat(file.fileRecord().applied()).isEqualTo(FUNCTIONS - 1);
  }

  @Test
  void findsOneOfManyInFewCompilations() throws IOException {
    FakeCompiler compiler = refusing(Set.of("5"));

    rig(compiler).assemble();

    assertThat(compiler.compilations()).isLessThan(FUNCTIONS + 2);
  }

  @Test
  void blamesTheFileWhereTheOriginalDoesNotCompile() throws IOException {
    AssembledFile file = rig(FakeCompiler.saying(text -> "line 1: invalid")).assemble();

    assertThat(file.isChanged()).isFalse();
    assertThat(file.fileRecord().others())
        .hasSize(FUNCTIONS)
        .extracting(FunctionRecord::outcome)
        .containsOnly(new Outcome.Rejected(RejectReason.PARSE, "line 1: invalid"));
  }

  private AssemblerRig rig(FakeCompiler compiler) {
    StringBuilder source = new StringBuilder();
    IntStream.range(0, FUNCTIONS)
        .forEach(i -> source.append("def f" + i + "(a):\n    return a\n\n"));
    return new AssemblerRig(root, source.toString(), compiler);
  }

  private static FakeCompiler refusing(Set<String> culprits) {
    return FakeCompiler.saying(
        text -> culprits.stream().anyMatch(c -> entered(text, c)) ? "line 7: no" : "");
  }

  private static boolean entered(String text, String function) {
    return text.contains("func_entry('f" + function + "'");
  }
}
