package io.telemetryinject.language.python;

import static io.telemetryinject.model.ExceptionPolicy.CAPTURE;
import static io.telemetryinject.model.ExceptionPolicy.IGNORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every telemetry form, before and after, for one function at a time. */
class PythonFormsTest {

  @Test
  void reportsEntryReturnAndException() {
    assertThatCapturing(
            """
            def read(path, *rest, mode=None, **options):
                with open(path) as source:
                    return source.read()
            """)
        .gives(
            """
            def read(path, *rest, mode=None, **options):
                _tel_func = _tel.func_entry('read', 'path, rest, mode, options')
                try:
                    with open(path) as source:
                        return _tel.func_exit(_tel_func, (source.read()))
                    _tel.func_exit(_tel_func, None)
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
  }

  @Test
  void leavesTheBodyWhereItIsWhenExceptionsAreIgnored() {
    assertThatIgnoring(
            """
            def read(path):
                if not path:
                    return
                print(path)  # to the screen
            """)
        .gives(
            """
            def read(path):
                _tel_func = _tel.func_entry('read', 'path')
                if not path:
                    _tel.func_exit(_tel_func, None); return
                print(path)  # to the screen
                _tel.func_exit(_tel_func, None)
            """);
  }

  @Test
  void entersBehindTheDocstring() {
    assertThatCapturing(
            """
            @cached
            def area(r):
                \"""The area.

              In square metres.
            \"""
                # pi is enough
                return 3.14 * r ** 2  # roughly
            """)
        .gives(
            """
            @cached
            def area(r):
                \"""The area.

              In square metres.
            \"""
                # pi is enough
                _tel_func = _tel.func_entry('area', 'r')
                try:
                    return _tel.func_exit(_tel_func, (3.14 * r ** 2))  # roughly
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
  }

  @Test
  void opensUpABodyOnTheHeadersLine() {
    assertThatCapturing("def f(x): return x\n")
        .gives(
            """
            def f(x):\040
                _tel_func = _tel.func_entry('f', 'x')
                try:
                    return _tel.func_exit(_tel_func, (x))
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
    assertThatIgnoring("def f(x): y = x; return;\n")
        .gives(
            """
            def f(x):\040
                _tel_func = _tel.func_entry('f', 'x')
                y = x; _tel.func_exit(_tel_func, None); return;
            """);
  }

  @Test
  void entersOnTheDocstringsLineWhereTheBodyGoesOn() {
    assertThatCapturing(
            """
            def f():
                "doc"; x = 1
                return x
            """)
        .gives(
            """
            def f():
                "doc";\040
                _tel_func = _tel.func_entry('f', '')
                try:
                    x = 1
                    return _tel.func_exit(_tel_func, (x))
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
  }

  @Test
  void putsADocstringOnTheDefLineOnALineOfItsOwn() {
    assertThatCapturing("def f(x): 'doc'; return x\n")
        .gives(
            """
            def f(x):\040
                'doc';\040
                _tel_func = _tel.func_entry('f', 'x')
                try:
                    return _tel.func_exit(_tel_func, (x))
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
    assertThatIgnoring(
            """
            class A:
                def f(self): 'doc'; self.x = 1
            """)
        .gives(
            """
            class A:
                def f(self):\040
                    'doc';\040
                    _tel_func = _tel.func_entry('A.f', 'self')
                    self.x = 1
                    _tel.func_exit(_tel_func, None)
            """);
  }

  @Test
  void movesLinesInBracketsAndCommentsButNotThoseInsideStrings() {
    assertThatCapturing(
            """
            def f(x):
                y = [1,
            2,
              # two
                  3]

                s = '''a
            b''' + (
            'c')
                return y, s
            """)
        .gives(
            """
            def f(x):
                _tel_func = _tel.func_entry('f', 'x')
                try:
                    y = [1,
                2,
                  # two
                      3]

                    s = '''a
            b''' + (
                'c')
                    return _tel.func_exit(_tel_func, (y, s))
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
  }

  @Test
  void keepsReturnAWordAndItsContinuationTogether() {
    assertThatIgnoring(
            """
            def f(x):
                if x: return[x]
                if not x: return'a' 'b';
                return \\
                    x, 1
            """)
        .gives(
            """
            def f(x):
                _tel_func = _tel.func_entry('f', 'x')
                if x: return _tel.func_exit(_tel_func, ([x]))
                if not x: return _tel.func_exit(_tel_func, ('a' 'b'));
                return _tel.func_exit(_tel_func, (\\
                    x, 1))
            """);
  }

  @Test
  void followsTabsAndCarriageReturns() {
    assertThatCapturing("def f(x):\r\n\tif x:\r\n\t\treturn 1\r\n")
        .gives(
            "def f(x):\r\n\t_tel_func = _tel.func_entry('f', 'x')\r\n\ttry:\r\n"
                + "\t\tif x:\r\n\t\t\treturn _tel.func_exit(_tel_func, (1))\r\n"
                + "\t\t_tel.func_exit(_tel_func, None)\r\n"
                + "\texcept BaseException as _tel_exc:\r\n"
                + "\t\t_tel.func_error(_tel_func, _tel_exc)\r\n\t\traise\r\n");
  }

  @Test
  void namesFunctionsAsPythonDoes() {
    assertThatIgnoring(
            """
            class Bücher:
                def lies(self, größe):
                    def weiter():
                        return größe
                    return weiter
            """)
        .gives(
            """
            class Bücher:
                def lies(self, größe):
                    _tel_func = _tel.func_entry('Bücher.lies', 'self, größe')
                    def weiter():
                        _tel_func = _tel.func_entry('Bücher.lies.<locals>.weiter', '')
                        return _tel.func_exit(_tel_func, (größe))
                    return _tel.func_exit(_tel_func, (weiter))
            """);
  }

  @Test
  void takesAnyLineBreakOfPythonsButOneKindPerInsertion() {
    TestSource source = TestSource.of("def f(x):\n    y = x\n");
    byte[] code = source.code(0);
    for (String lineBreak : List.of("\n", "\r\n", "\r")) {
      assertThat(
              source.verify(
                  0,
                  CAPTURE,
                  ReferenceInserter.insertions(source.function(0), code, CAPTURE, lineBreak)))
          .isEqualTo(Verdict.accepted());
    }
    List<Insertion> mixed = new java.util.ArrayList<>(source.reference(0, CAPTURE));
    Insertion head = mixed.get(0);
    mixed.set(0, new Insertion(head.offset(), head.text().replaceFirst("\n", "\r\n")));
    assertThat(source.verify(0, CAPTURE, mixed).reason()).isEqualTo(RejectReason.PRESERVATION);
  }

  private static Instrumenting assertThatCapturing(String before) {
    return new Instrumenting(before, CAPTURE);
  }

  private static Instrumenting assertThatIgnoring(String before) {
    return new Instrumenting(before, IGNORE);
  }

  /** Instruments every function, and checks the laws on the way. */
  private record Instrumenting(String before, ExceptionPolicy policy) {
    void gives(String after) {
      TestSource source = TestSource.of(before);
      List<Insertion> insertions = source.compose(policy);
      byte[] applied = Insertions.apply(source.utf8(), insertions);
      assertThat(new String(applied, UTF_8))
          .isEqualTo(PythonForms.IMPORT + breakOf(before) + after);
      try {
        assertThat(Insertions.remove(applied, insertions)).isEqualTo(source.utf8());
      } catch (SourceRejectedException e) {
        throw new AssertionError(e);
      }
      for (ScannedFunction again : TestSource.of(applied).scan().functions()) {
        assertThat(again.instrumentation()).isEqualTo(Instrumentation.COMPLETE);
      }
    }

    private static String breakOf(String text) {
      return text.contains("\r\n") ? "\r\n" : "\n";
    }
  }
}
