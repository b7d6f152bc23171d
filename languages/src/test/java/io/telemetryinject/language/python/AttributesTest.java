package io.telemetryinject.language.python;

import static io.telemetryinject.model.ExceptionPolicy.CAPTURE;
import static io.telemetryinject.model.RejectReason.LITERAL;
import static io.telemetryinject.model.RejectReason.PRESERVATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attributes behind the entry: what is one, what is refused, and that all else takes them along.
 */
class AttributesTest {
  private static final Telemetry ALLOWED = new Telemetry(CAPTURE, true);
  private static final TestSource SOURCE =
      TestSource.of("def f(self, order_id, b, password=1, größe=2):\n    return b\n");
  private static final String GOOD = "_tel.attr(_tel_func, 'order.id', order_id)";

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void areAcceptedInEveryFunctionAndLeaveNothingToDo(ExceptionPolicy policy) {
    int attributes = 0;
    for (Map.Entry<String, String> corner : OddFunctions.all().entrySet()) {
      if (corner.getKey().equals("py2")) {
        continue;
      }
      TestSource source = TestSource.of(corner.getValue());
      Map<Integer, List<Insertion>> accepted = new LinkedHashMap<>();
      for (int i = 0; i < source.scan().functions().size(); i++) {
        ScannedFunction function = source.function(i);
        if (function.skip() == null) {
          List<String> statements = Attributed.statements(function);
          List<Insertion> list = Attributed.with(function, source.reference(i, policy), statements);
          assertThat(source.verify(i, new Telemetry(source.policy(i, policy), true), list))
              .as(corner.getKey())
              .isEqualTo(Verdict.accepted());
          attributes += statements.size();
          accepted.put(i, list);
        }
      }
      assertComplete(source, accepted);
    }
    assertThat(attributes).isGreaterThan(150);
  }

  private static void assertComplete(TestSource source, Map<Integer, List<Insertion>> accepted) {
    List<Insertion> composed = source.compose(accepted);
    byte[] applied = Insertions.apply(source.utf8(), composed);
    try {
      assertThat(Insertions.remove(applied, composed)).isEqualTo(source.utf8());
    } catch (SourceRejectedException e) {
      throw new AssertionError(e);
    }
    TestSource again = TestSource.of(applied);
    accepted
        .keySet()
        .forEach(
            i -> {
              assertThat(again.function(i).instrumentation())
                  .as(new String(applied, UTF_8))
                  .isEqualTo(Instrumentation.COMPLETE);
              assertThat(again.verify(i, ALLOWED, List.of())).isEqualTo(Verdict.accepted());
              assertThat(again.verify(i, Telemetry.of(CAPTURE), List.of()).isAccepted()).isTrue();
            });
  }

  @Test
  void standBehindTheEntryBeforeTheTry() {
    TestSource source = TestSource.of("def f(a):\n    def g(b, c): return b\n    return g(a, 1)\n");
    Map<Integer, List<Insertion>> accepted = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      List<String> statements = Attributed.statements(source.function(i));
      accepted.put(
          i, Attributed.with(source.function(i), source.reference(i, CAPTURE), statements));
    }
    byte[] applied = Insertions.apply(source.utf8(), source.compose(accepted));
    assertThat(new String(applied, UTF_8))
        .isEqualTo(
            """
            from _telemetry_utils import tel as _tel
            def f(a):
                _tel_func = _tel.func_entry('f', 'a')
                _tel.attr(_tel_func, 'a', a)
                try:
                    def g(b, c):\040
                        _tel_func = _tel.func_entry('f.<locals>.g', 'b, c')
                        _tel.attr(_tel_func, 'b', b)
                        _tel.attr(_tel_func, 'c', c)
                        try:
                            return _tel.func_exit(_tel_func, (b))
                        except BaseException as _tel_exc:
                            _tel.func_error(_tel_func, _tel_exc)
                            raise
                    return _tel.func_exit(_tel_func, (g(a, 1)))
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
  }

  @Test
  void areRefusedWithoutAnIntent() {
    List<Insertion> list = with(GOOD);
    assertThat(SOURCE.verify(0, ALLOWED, list)).isEqualTo(Verdict.accepted());
    assertThat(SOURCE.verify(0, Telemetry.of(CAPTURE), list).reason()).isEqualTo(PRESERVATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "_tel.attr(_tel_func, 'password', b) | PRIVACY",
        "_tel.attr(_tel_func, 'x', password) | PRIVACY",
        "_tel.attr(_tel_func, 'user_e_mail', b) | PRIVACY",
        "_tel.attr(_tel_func, 'x', self) | LITERAL",
        "_tel.attr(_tel_func, 'x', other) | LITERAL",
        "_tel.attr(_tel_func, 'x', f) | LITERAL",
        "_tel.attr(_tel_func, 'x', _tel_func) | LITERAL",
        "_tel.attr(_tel_func, 'x', None) | LITERAL",
        "_tel.attr(_tel_func, '', b) | LITERAL",
        "_tel.attr(_tel_func, 'X', b) | LITERAL",
        "_tel.attr(_tel_func, '1', b) | LITERAL",
        "_tel.attr(_tel_func, 'a b', b) | LITERAL",
        "_tel.attr(_tel_func, 'a-b', b) | LITERAL",
        "_tel.attr(_tel_func, 'ü', b) | LITERAL",
        "_tel.attr(_tel_func, 'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde', b) | LITERAL",
        "_tel.attr(_tel_func, 'x', größe) | PRESERVATION",
        "_tel.attr(_tel_func, 'a\\x62', b) | PRESERVATION",
        "_tel.attr(_tel_func, \"x\", b) | PRESERVATION",
        "_tel.attr(_tel_func, f'x', b) | PRESERVATION",
        "_tel.attr(_tel_func, f'{b}', b) | PRESERVATION",
        "_tel.attr(_tel_func, 'x' 'y', b) | PRESERVATION",
        "_tel.attr(_tel_func, x, b) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b.c) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b[0]) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b()) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', (b)) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b or 1) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', *b) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b, b) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b,) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', value=b) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b := 1) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b); b = 1 | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b); | PRESERVATION",
        "b = 1; _tel.attr(_tel_func, 'x', b) | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b)  # note | PRESERVATION",
        "_tel.attr(_tel_func, 'x', b) \\ | PRESERVATION",
        "_tel.attr(_tel_func, 'x',  b) | PRESERVATION",
        "_tel.attr(_tel_exc, 'x', b) | PRESERVATION",
        "_tel.func_exit(_tel_func, b) | PRESERVATION",
        "x = _tel.attr(_tel_func, 'x', b) | PRESERVATION",
        "pass | PRESERVATION",
        "# note | PRESERVATION",
      })
  void areRefusedInAnyOtherForm(String statement, RejectReason reason) {
    assertRefused(reason, with(statement));
    assertRefused(reason, with(GOOD, statement));
    assertRefused(reason, with(statement, GOOD));
    List<Insertion> forged = with(statement);
    assertThat(SOURCE.verify(0, Telemetry.of(CAPTURE), forged).isAccepted()).isFalse();
  }

  @Test
  void areRefusedOnLinesThatAreNotTheirs() {
    List<Insertion> plain = SOURCE.reference(0, CAPTURE);
    for (String lines :
        List.of(
            "   " + GOOD + "\n",
            "     " + GOOD + "\n",
            "\t" + GOOD + "\n",
            "    " + GOOD + "\n\n",
            "    " + GOOD + "\r\n",
            "    " + GOOD + "\f\n",
            "    " + GOOD.replace(", o", ",\n o") + "\n",
            "    " + GOOD.replace(", o", ", \\\n o") + "\n",
            "    " + GOOD,
            "\n    " + GOOD + "\n",
            " ")) {
      assertRefused(PRESERVATION, Attributed.withText(plain, lines));
    }
    Insertion head = plain.get(0);
    List<Insertion> behindTry = new ArrayList<>(plain);
    behindTry.set(0, new Insertion(head.offset(), head.text() + "        " + GOOD + "\n"));
    assertRefused(PRESERVATION, behindTry);
    List<Insertion> apart = new ArrayList<>(plain);
    apart.add(1, new Insertion(head.offset(), "    " + GOOD + "\n"));
    assertThat(SOURCE.verify(0, ALLOWED, apart).isAccepted()).isFalse();
  }

  @Test
  void areRefusedTwiceOrInLargeNumbers() {
    assertRefused(LITERAL, with(GOOD, GOOD));
    assertRefused(LITERAL, with(GOOD, GOOD.replace("'order.id'", "'x'")));
    assertRefused(LITERAL, with(GOOD, GOOD.replace("order_id", "b")));
    assertThat(many(AttributeLines.MAX).isAccepted()).isTrue();
    assertThat(many(AttributeLines.MAX + 1).reason()).isEqualTo(LITERAL);
    String huge = ("    " + GOOD + "\n").repeat(200_000);
    assertRefused(LITERAL, Attributed.withText(SOURCE.reference(0, CAPTURE), huge));
  }

  private static Verdict many(int count) {
    List<String> names = IntStream.range(0, count).mapToObj(i -> "a" + i).toList();
    TestSource source = TestSource.of("def f(" + String.join(", ", names) + "): return 1\n");
    List<String> statements = Attributed.statements(source.function(0));
    assertThat(statements).hasSize(count);
    return source.verify(
        0, ALLOWED, Attributed.with(source.function(0), source.reference(0, CAPTURE), statements));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_tel.attr(_tel_func, 'x', password)",
        "_tel.attr(_tel_func, 'x', self)",
        "_tel.attr(_tel_func, 'x', b.c)",
        "_tel.attr(_tel_func, \"x\", b)",
        "_tel.attr(_tel_func, 'x', b); b = 1",
      })
  void areNotOursInSourceUnlessTheyHaveTheForm(String statement) {
    String good = applied(with(GOOD));
    assertThat(TestSource.of(good).function(0).instrumentation())
        .isEqualTo(Instrumentation.COMPLETE);
    assertThat(TestSource.of(applied(with(statement))).function(0).instrumentation())
        .isEqualTo(Instrumentation.PARTIAL);
  }

  private static String applied(List<Insertion> insertions) {
    return PythonForms.IMPORT
        + "\n"
        + new String(Insertions.apply(SOURCE.utf8(), insertions), UTF_8);
  }

  private static List<Insertion> with(String... statements) {
    return Attributed.with(SOURCE.function(0), SOURCE.reference(0, CAPTURE), List.of(statements));
  }

  private static void assertRefused(RejectReason reason, List<Insertion> insertions) {
    assertThat(SOURCE.verify(0, ALLOWED, insertions).reason()).isEqualTo(reason);
  }
}
