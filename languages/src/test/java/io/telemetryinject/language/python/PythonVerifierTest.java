package io.telemetryinject.language.python;

import static io.telemetryinject.model.ExceptionPolicy.CAPTURE;
import static io.telemetryinject.model.ExceptionPolicy.IGNORE;
import static io.telemetryinject.model.RejectReason.COVERAGE;
import static io.telemetryinject.model.RejectReason.LITERAL;
import static io.telemetryinject.model.RejectReason.PRESERVATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PythonVerifierTest {
  private static final TestSource SOURCE =
      TestSource.of("def f(é, b):\r\n    'ü'\r\n    if b: return é\r\n    return b  # ß\r\n");

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void acceptsWhatACorrectScriptAnswers(ExceptionPolicy policy) {
    for (Map.Entry<String, String> corner : OddFunctions.all().entrySet()) {
      if (corner.getKey().equals("py2")) {
        continue;
      }
      TestSource source = TestSource.of(corner.getValue());
      for (int i = 0; i < source.scan().functions().size(); i++) {
        if (source.function(i).skip() == null) {
          assertThat(source.verify(i, policy, source.reference(i, policy)))
              .as(corner.getKey())
              .isEqualTo(Verdict.accepted());
        }
      }
    }
  }

  @Test
  void asksForABreakBeforeADocstringOnTheDefLine() {
    TestSource source = TestSource.of("def f(): 'doc'; return 1\n");
    List<Insertion> reference = source.reference(0, IGNORE);
    assertThat(source.verify(0, IGNORE, reference)).isEqualTo(Verdict.accepted());
    List<Insertion> without = reference.subList(1, reference.size());
    assertThat(source.verify(0, IGNORE, without).reason()).isEqualTo(COVERAGE);
    for (String text : List.of("\n", "\n     ", "\n\t", "\n\n    ", "; ", "\n    0;", "#\n    ")) {
      List<Insertion> other = new ArrayList<>(reference);
      other.set(0, new Insertion(reference.get(0).offset(), text));
      assertThat(source.verify(0, IGNORE, other).reason()).as(text).isEqualTo(PRESERVATION);
    }
    TestSource own = TestSource.of("def f():\n    'doc'; return 1\n");
    List<Insertion> more = new ArrayList<>(own.reference(0, IGNORE));
    more.add(0, new Insertion(13, "\n    "));
    assertThat(own.verify(0, IGNORE, more).reason()).isEqualTo(PRESERVATION);
  }

  static Stream<Attack> attacks() {
    return Attacks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void refuses(Attack attack) {
    TestSource source = TestSource.of(attack.target());
    assertThat(source.verify(attack.index(), CAPTURE, attack.insertions()).isAccepted()).isFalse();
  }

  @Test
  void namesTheOffsetAndWhatBelongsThere() {
    List<Insertion> without = new ArrayList<>(SOURCE.reference(0, IGNORE));
    Insertion opener = without.remove(1);
    assertThat(SOURCE.verify(0, IGNORE, without))
        .isEqualTo(
            Verdict.rejected(
                COVERAGE,
                "insertion 1 at byte %d: expected the opener of a return at byte %d"
                    .formatted(without.get(1).offset(), opener.offset())));
    assertThat(SOURCE.verify(0, IGNORE, without.subList(0, 1)).detail())
        .isEqualTo("nothing is left for the opener of a return at byte " + opener.offset());
  }

  @Test
  void tellsForeignLiteralsFromForeignText() {
    assertRejected(LITERAL, changed(0, t -> t.replace("'f'", "'g'")));
    assertRejected(LITERAL, changed(0, t -> t.replace("é, b", "e, b")));
    assertRejected(PRESERVATION, changed(0, t -> t.replace("func_entry", "func_exit")));
  }

  @Test
  void refusesOffsetsThatAreNotAscendingOrNotInTheText() {
    List<Insertion> list = new ArrayList<>(SOURCE.reference(0, CAPTURE));
    Collections.swap(list, 1, 2);
    assertRejected(PRESERVATION, list);
    assertRejected(PRESERVATION, added(Integer.MAX_VALUE, "))"));
    assertRejected(PRESERVATION, added(SOURCE.code(0).length + 1, "))"));
  }

  @Test
  void refusesAnOffsetInsideACharacter() {
    int inside = new String(SOURCE.code(0), UTF_8).indexOf('é') + 1;
    Verdict verdict = SOURCE.verify(0, CAPTURE, added(inside, "))"));
    assertThat(verdict.detail()).contains("inside a character");
  }

  @Test
  void refusesTheRightTextInOtherPieces() {
    List<Insertion> split = new ArrayList<>(SOURCE.reference(0, CAPTURE));
    Insertion head = split.remove(0);
    split.add(0, new Insertion(head.offset(), head.text().substring(9)));
    split.add(0, new Insertion(head.offset(), head.text().substring(0, 9)));
    assertRejected(PRESERVATION, split);
    List<Insertion> merged = new ArrayList<>(SOURCE.reference(0, CAPTURE));
    Insertion unit = merged.remove(1);
    merged.set(0, new Insertion(unit.offset(), merged.get(0).text() + unit.text()));
    assertRejected(PRESERVATION, merged);
  }

  @Test
  void refusesDuplicatesAsCoveredTwice() {
    List<Insertion> reference = SOURCE.reference(0, CAPTURE);
    for (int i = 0; i < reference.size(); i++) {
      List<Insertion> twice = new ArrayList<>(reference);
      twice.add(i, reference.get(i));
      assertRejected(COVERAGE, twice);
    }
  }

  @Test
  void refusesAnInsertionBetweenCarriageReturnAndLineFeed() {
    int between = new String(SOURCE.code(0), UTF_8).getBytes(UTF_8).length;
    byte[] code = SOURCE.code(0);
    for (int i = 0; i < between; i++) {
      if (code[i] == '\n') {
        assertRejected(PRESERVATION, added(i, "    "));
      }
    }
  }

  @Test
  void refusesAHostileListWithoutReadingIt() {
    List<Insertion> million = Collections.nCopies(1_000_000, new Insertion(0, "x"));
    List<Insertion> endless = Collections.nCopies(1_000_000, SOURCE.reference(0, CAPTURE).get(0));
    List<Insertion> huge = List.of(new Insertion(0, "x".repeat(10_000_000)));
    Assertions.assertTimeout(
        Duration.ofMillis(200),
        () -> {
          assertRejected(PRESERVATION, million);
          assertRejected(COVERAGE, endless);
          assertRejected(PRESERVATION, huge);
        });
  }

  @Test
  void refusesTelemetryForAFunctionThatRuleSkips() {
    TestSource source = TestSource.of("class A:\n    def __del__(self):\n        self.x()\n");
    assertThat(source.verify(0, CAPTURE, source.reference(0, CAPTURE)).reason())
        .isEqualTo(PRESERVATION);
  }

  @Test
  void refusesToInstrumentTwice() {
    TestSource once = TestSource.of(TestSource.of("def f(): return 1\n").instrumented(CAPTURE));
    ScannedFunction function = once.function(0);
    List<Insertion> again = ReferenceInserter.insertions(function, once.code(0), CAPTURE);
    assertThat(once.verify(0, CAPTURE, again).isAccepted()).isFalse();
    assertThat(once.verify(0, CAPTURE, List.of())).isEqualTo(Verdict.accepted());
  }

  @Test
  void refusesTheOtherPolicysTelemetry() {
    assertThat(SOURCE.verify(0, CAPTURE, SOURCE.reference(0, IGNORE)).isAccepted()).isFalse();
    assertThat(SOURCE.verify(0, IGNORE, SOURCE.reference(0, CAPTURE)).isAccepted()).isFalse();
  }

  @Test
  void refusesANameThatWouldEndItsOwnLiteral() {
    ScannedFunction function = SOURCE.function(0);
    for (String name : List.of("f'", "f\\", "f\n", "f\u0000", "f\ud800")) {
      ScannedFunction odd =
          new ScannedFunction(
              function.name(),
              name,
              function.classContext(),
              function.enclosing(),
              function.kind(),
              function.start(),
              function.end(),
              function.line(),
              function.parameters(),
              function.returnType(),
              function.decorators(),
              function.body(),
              function.instrumentation(),
              function.skip());
      List<Insertion> insertions = ReferenceInserter.insertions(odd, SOURCE.code(0), CAPTURE);
      assertThat(
              new PythonVerifier()
                  .verify(odd, SOURCE.code(0), Telemetry.of(CAPTURE), insertions)
                  .reason())
          .isEqualTo(LITERAL);
    }
  }

  private static List<Insertion> added(int offset, String text) {
    List<Insertion> list = new ArrayList<>(SOURCE.reference(0, CAPTURE));
    int at = 0;
    while (at < list.size() && list.get(at).offset() <= offset) {
      at++;
    }
    list.add(at, new Insertion(offset, text));
    return list;
  }

  private static List<Insertion> changed(int i, java.util.function.UnaryOperator<String> change) {
    List<Insertion> list = new ArrayList<>(SOURCE.reference(0, CAPTURE));
    list.set(i, new Insertion(list.get(i).offset(), change.apply(list.get(i).text())));
    return list;
  }

  private static void assertRejected(RejectReason reason, List<Insertion> insertions) {
    assertThat(SOURCE.verify(0, CAPTURE, insertions).reason()).isEqualTo(reason);
  }
}
