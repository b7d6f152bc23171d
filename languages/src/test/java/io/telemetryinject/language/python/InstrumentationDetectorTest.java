package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstrumentationDetectorTest {

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void knowsEveryCompleteFunction(ExceptionPolicy policy) {
    int complete = 0;
    for (String source : CornerCases.forEveryPython()) {
      ScannedFunction before = Scans.alone(source);
      assertThat(before.instrumentation()).as(source).isEqualTo(Instrumentation.NONE);
      if (before.skip() == null) {
        String after = Canonical.instrumented(source, policy);
        assertThat(judge(after)).as(after).isEqualTo(Instrumentation.COMPLETE);
        complete++;
      }
    }
    assertThat(complete).isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void missesWhateverIsMissing(ExceptionPolicy policy) {
    int partial = 0;
    for (String source : CornerCases.forEveryPython()) {
      if (Scans.alone(source).skip() != null) {
        continue;
      }
      List<Insertion> all = Canonical.insertions(source, policy);
      for (int i = 0; i < all.size(); i++) {
        List<Insertion> some = new ArrayList<>(all);
        some.remove(i);
        String after = Canonical.apply(source, some);
        if (all.get(i).text().isBlank() || some.isEmpty()) {
          continue;
        }
        Instrumentation judged = judgeOrPartial(after);
        assertThat(judged).as(after).isEqualTo(Instrumentation.PARTIAL);
        partial++;
      }
    }
    assertThat(partial).isGreaterThan(90);
  }

  @Test
  void asksForTheFunctionsOwnNames() {
    String source = Canonical.instrumented("def f(a): return a", ExceptionPolicy.IGNORE);
    assertThat(judge(source.replace("'f'", "'g'"))).isEqualTo(Instrumentation.PARTIAL);
    assertThat(judge(source.replace("'a'", "'a, b'"))).isEqualTo(Instrumentation.PARTIAL);
  }

  @Test
  void seesThroughTelemetryOfNestedFunctions() {
    String source =
        """
        def f():
            def g():
                _tel_func = _tel.func_entry('f.<locals>.g', '')
                return _tel.func_exit(_tel_func, (1))
            return g
        """;
    assertThat(judge(source)).isEqualTo(Instrumentation.NONE);
    assertThat(Scans.function(source, "f.<locals>.g").instrumentation())
        .isEqualTo(Instrumentation.COMPLETE);
  }

  @Test
  void asksForOneWrapperAroundTheWholeValue() {
    String source =
        """
        def f(x):
            _tel_func = _tel.func_entry('f', 'x')
            return _tel.func_exit(_tel_func, (x)) or (g(x))
        """;
    assertThat(judge(source)).isEqualTo(Instrumentation.PARTIAL);
  }

  private static Instrumentation judge(String source) {
    return Scans.alone(source).instrumentation();
  }

  private static Instrumentation judgeOrPartial(String source) {
    try {
      return Scans.alone(source, "f").instrumentation();
    } catch (SourceRejectedException e) {
      return Instrumentation.PARTIAL;
    }
  }
}
