package io.telemetryinject.coordinator.assemble;

import static io.telemetryinject.coordinator.assemble.AssemblerRig.other;
import static io.telemetryinject.coordinator.fixture.Answers.applied;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.FakeCompiler;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.SkipReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForgedOutcomeIT {
  private static final String SOURCE =
      "def pay(amount):\n    return amount\n\n\ndef log(line):\n    print(line)\n";
  private static final int PAY = 0;
  private static final int LOG = SOURCE.indexOf("def log");

  private AssemblerRig rig;

  @BeforeEach
  void makeRig(@TempDir Path root) {
    rig = new AssemblerRig(root, SOURCE, FakeCompiler.content());
  }

  /** Lists that a forged record may carry for {@code pay}, made of the honest one. */
  enum Forgery {
    CODE_ON_A_LINE_OF_ITS_OWN(
        RejectReason.PRESERVATION,
        honest -> with(honest, 1, new Insertion(17, "    import os; os.remove('x')\n"))),
    CODE_IN_AN_ARGUMENT(
        RejectReason.PRESERVATION,
        honest -> replaced(honest, "_tel.func_exit(_tel_func, (", "_tel.func_exit(steal(), (")),
    ANOTHER_VALUE(RejectReason.PRESERVATION, honest -> replaced(honest, "))", ") + 1)")),
    A_COMMENT_THAT_SWALLOWS(RejectReason.PRESERVATION, honest -> replaced(honest, "))", "))#")),
    ANOTHER_NAME(RejectReason.LITERAL, honest -> replaced(honest, "'pay'", "'admin'")),
    OTHER_PARAMETERS(RejectReason.LITERAL, honest -> replaced(honest, "'amount'", "'password'")),
    A_LITERAL_THAT_ENDS_EARLY(
        null, honest -> replaced(honest, "'amount'", "'amount'+open('/etc/passwd').read()+''")),
    NO_EXIT(RejectReason.COVERAGE, honest -> without(honest, "func_exit")),
    AN_EXIT_TWICE(
        null,
        honest -> with(honest, 1, new Insertion(17, "    _tel.func_exit(_tel_func, None)\n"))),
    AN_OFFSET_BEHIND_THE_FUNCTION(
        null, honest -> with(honest, honest.size(), new Insertion(40, "x"))),
    NOTHING(null, honest -> List.of());

    private final RejectReason reason;
    private final UnaryOperator<List<Insertion>> forge;

    Forgery(RejectReason reason, UnaryOperator<List<Insertion>> forge) {
      this.reason = reason;
      this.forge = forge;
    }

    private static List<Insertion> with(List<Insertion> honest, int at, Insertion more) {
      List<Insertion> list = new ArrayList<>(honest);
      list.add(at, more);
      return list;
    }

    private static List<Insertion> without(List<Insertion> honest, String text) {
      return honest.stream()
          .filter(i -> !i.text().contains(text))
          .filter(i -> !i.text().equals("))"))
          .toList();
    }

    private static List<Insertion> replaced(List<Insertion> honest, String text, String by) {
      List<Insertion> forged =
          honest.stream().map(i -> new Insertion(i.offset(), i.text().replace(text, by))).toList();
      assertThat(forged).isNotEqualTo(honest);
      return forged;
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingOfItsFunctionAndKeepsTheOthers(Forgery forgery) throws IOException {
    List<Insertion> honest = ((Outcome.Applied) rig.answers().get(PAY)).insertions();
    List<Insertion> forged = forgery.forge.apply(honest);

    AssembledFile file = rig.assemble(answersWith(PAY, applied(forged)));

    assertThat(AssemblerRig.text(file))
        .startsWith("from _telemetry_utils import tel as _tel\n" + SOURCE.substring(0, LOG))
        .contains("func_entry('log', 'line')");
    assertThat(other(file, "pay")).isInstanceOf(Outcome.Rejected.class);
    if (forgery.reason != null) {
      assertThat(((Outcome.Rejected) other(file, "pay")).reason()).isEqualTo(forgery.reason);
    }
    assertThat(file.fileRecord().applied()).isEqualTo(1);
    // Control: the same list applied blindly is another program than the honest one.
    byte[] function = SOURCE.substring(PAY, LOG - 3).getBytes(UTF_8);
    if (forged.stream().allMatch(i -> i.offset() <= function.length)) {
      assertThat(Insertions.apply(function, forged))
          .isNotEqualTo(Insertions.apply(function, honest));
    }
  }

  @Test
  void acceptsTheHonestListSoThatTheAttacksFailForTheirOwnReason() throws IOException {
    AssembledFile file = rig.assemble();

    assertThat(file.fileRecord().applied()).isEqualTo(2);
    assertThat(file.fileRecord().others()).isEmpty();
  }

  @Test
  void refusesInsertionsThatBelongToAnotherFunction() throws IOException {
    Map<Integer, Outcome> answers = new HashMap<>(rig.answers());
    answers.put(PAY, rig.answers().get(LOG));
    answers.put(LOG, rig.answers().get(PAY));

    AssembledFile file = rig.assemble(answers);

    assertThat(AssemblerRig.text(file)).isEqualTo(SOURCE);
    assertThat(file.isChanged()).isFalse();
    assertThat(other(file, "pay")).isInstanceOf(Outcome.Rejected.class);
    assertThat(other(file, "log")).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void takesNobodysWordThatAFunctionNeedsNothing() throws IOException {
    Map<Integer, Outcome> answers = new HashMap<>();
    answers.put(PAY, new Outcome.Skipped(SkipReason.values()[0]));
    answers.put(LOG, new Outcome.Unchanged());

    AssembledFile file = rig.assemble(answers);

    assertThat(file.isChanged()).isFalse();
    assertThat(file.fileRecord().unchanged()).isZero();
    assertThat(List.of(other(file, "pay"), other(file, "log")))
        .allSatisfy(
            outcome -> assertThat(((Outcome.Failed) outcome).code()).isEqualTo(ErrorCode.LOST));
  }

  @Test
  void ignoresOutcomesOfFunctionsThatAreNot() throws IOException {
    Map<Integer, Outcome> answers = new HashMap<>(rig.answers());
    answers.put(3, answers.get(PAY));
    answers.put(100_000, answers.get(LOG));

    AssembledFile file = rig.assemble(answers);

    assertThat(file.after()).isEqualTo(rig.assemble().after());
    assertThat(file.fileRecord()).isEqualTo(rig.assemble().fileRecord());
  }

  @Test
  void callsAFunctionWithoutOutcomeLost() throws IOException {
    AssembledFile file = rig.assemble(Map.of(LOG, rig.answers().get(LOG)));

    assertThat(((Outcome.Failed) other(file, "pay")).code()).isEqualTo(ErrorCode.LOST);
    assertThat(file.fileRecord().applied()).isEqualTo(1);
  }

  @Test
  void instrumentsNoFunctionThatRuleSkips(@TempDir Path directory) throws IOException {
    String source = "def f(a):  # telemetry: off\n    return a\n";
    AssemblerRig skipped = new AssemblerRig(directory, source, FakeCompiler.content());
    AssemblerRig likeIt =
        new AssemblerRig(
            directory.resolve("x"), source.replace("off", "on!"), FakeCompiler.content());
    Outcome honest = likeIt.answers().get(0);

    AssembledFile file = skipped.assemble(Map.of(0, honest));

    assertThat(skipped.tasks()).isEmpty();
    assertThat(likeIt.assemble().isChanged()).isTrue(); // control
    assertThat(file.isChanged()).isFalse();
    assertThat(other(file, "f")).isInstanceOf(Outcome.Skipped.class);
  }

  @Test
  void instrumentsNoFunctionThatThePolicyLeavesOut() throws IOException {
    Selection longer = new Selection(3, Selection.everything().kinds());
    CompletedFile completed = new CompletedFile(AssemblerRig.NAME, rig.file(), rig.answers());

    AssembledFile file = rig.assemble(completed, Answers.POLICY, longer);

    assertThat(rig.assemble(completed).isChanged()).isTrue(); // control
    assertThat(file.isChanged()).isFalse();
    assertThat(other(file, "pay")).isEqualTo(new Outcome.Skipped(SkipReason.POLICY));
  }

  @Test
  void takesAttributesOnlyWhereThisRunHasAnIntent() throws IOException {
    Outcome.Applied honest = (Outcome.Applied) rig.answers().get(PAY);
    List<Insertion> more =
        Forgery.replaced(
            honest.insertions(),
            "'amount')\n",
            "'amount')\n    _tel.attr(_tel_func, 'sum', amount)\n");
    CompletedFile completed =
        new CompletedFile(
            AssemblerRig.NAME,
            rig.file(),
            answersWith(PAY, new Outcome.Applied(more, honest.script(), honest.version())));

    AssembledFile with =
        rig.assemble(
            completed, Answers.POLICY.withIntent("record the sum"), Selection.everything());
    AssembledFile without = rig.assemble(completed);

    assertThat(AssemblerRig.text(with)).contains("    _tel.attr(_tel_func, 'sum', amount)\n");
    assertThat(AssemblerRig.text(without)).doesNotContain("_tel.attr");
    assertThat(((Outcome.Rejected) other(without, "pay")).reason())
        .isEqualTo(RejectReason.PRESERVATION);
  }

  private Map<Integer, Outcome> answersWith(int start, Outcome outcome) {
    Map<Integer, Outcome> answers = new HashMap<>(rig.answers());
    answers.put(start, outcome);
    return answers;
  }
}
