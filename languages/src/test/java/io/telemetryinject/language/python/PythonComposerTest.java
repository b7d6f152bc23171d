package io.telemetryinject.language.python;

import static io.telemetryinject.model.ExceptionPolicy.CAPTURE;
import static io.telemetryinject.model.ExceptionPolicy.IGNORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonComposerTest {

  @Test
  void movesAnInnerFunctionsLinesWithEveryFunctionAroundIt() {
    assertThat(
            composed(
                """
                def outer(a):
                    @deco
                    def inner():
                        def innermost(): return a
                        return innermost
                    return inner
                """))
        .isEqualTo(
            """
            from _telemetry_utils import tel as _tel
            def outer(a):
                _tel_func = _tel.func_entry('outer', 'a')
                try:
                    @deco
                    def inner():
                        _tel_func = _tel.func_entry('outer.<locals>.inner', '')
                        try:
                            def innermost():\040
                                _tel_func = _tel.func_entry('outer.<locals>.inner.<locals>.innermost', '')
                                try:
                                    return _tel.func_exit(_tel_func, (a))
                                except BaseException as _tel_exc:
                                    _tel.func_error(_tel_func, _tel_exc)
                                    raise
                            return _tel.func_exit(_tel_func, (innermost))
                        except BaseException as _tel_exc:
                            _tel.func_error(_tel_func, _tel_exc)
                            raise
                    return _tel.func_exit(_tel_func, (inner))
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise
            """);
  }

  @Test
  void closesNestedFunctionsThatEndOnOneLineFromTheInside() {
    assertThat(
            composed(
                """
                def outer(a):
                  class Local:
                    def method(self):
                      def g(): a()  # last
                x = 1
                """))
        .isEqualTo(
            """
            from _telemetry_utils import tel as _tel
            def outer(a):
              _tel_func = _tel.func_entry('outer', 'a')
              try:
                  class Local:
                    def method(self):
                      _tel_func = _tel.func_entry('outer.<locals>.Local.method', 'self')
                      try:
                          def g():\040
                              _tel_func = _tel.func_entry('outer.<locals>.Local.method.<locals>.g', '')
                              try:
                                  a()  # last
                                  _tel.func_exit(_tel_func, None)
                              except BaseException as _tel_exc:
                                  _tel.func_error(_tel_func, _tel_exc)
                                  raise
                          _tel.func_exit(_tel_func, None)
                      except BaseException as _tel_exc:
                          _tel.func_error(_tel_func, _tel_exc)
                          raise
                  _tel.func_exit(_tel_func, None)
              except BaseException as _tel_exc:
                  _tel.func_error(_tel_func, _tel_exc)
                  raise
            x = 1
            """);
  }

  @Test
  void putsAClosersBeforeTheLinesThatFollow() {
    assertThat(
            composed(
                """
                def outer():
                    "doc"; x = 1
                    def inner(): return '''a
                  b'''"""))
        .isEqualTo(
            """
            from _telemetry_utils import tel as _tel
            def outer():
                "doc";\040
                _tel_func = _tel.func_entry('outer', '')
                try:
                    x = 1
                    def inner():\040
                        _tel_func = _tel.func_entry('outer.<locals>.inner', '')
                        try:
                            return _tel.func_exit(_tel_func, ('''a
              b'''))
                        except BaseException as _tel_exc:
                            _tel.func_error(_tel_func, _tel_exc)
                            raise
                    _tel.func_exit(_tel_func, None)
                except BaseException as _tel_exc:
                    _tel.func_error(_tel_func, _tel_exc)
                    raise""");
  }

  @Test
  void movesNothingForAFunctionThatWasNotAccepted() {
    String text =
        """
        def outer():
            def inner():
                pass; x()
            return inner
        """;
    assertThat(composed(text, CAPTURE, "inner"))
        .isEqualTo(
            """
            from _telemetry_utils import tel as _tel
            def outer():
                def inner():
                    _tel_func = _tel.func_entry('outer.<locals>.inner', '')
                    try:
                        pass; x()
                        _tel.func_exit(_tel_func, None)
                    except BaseException as _tel_exc:
                        _tel.func_error(_tel_func, _tel_exc)
                        raise
                return inner
            """);
    assertThat(composed(text, IGNORE, "outer"))
        .isEqualTo(
            """
            from _telemetry_utils import tel as _tel
            def outer():
                _tel_func = _tel.func_entry('outer.<locals>.inner', '')
                def inner():
                    pass; x()
                return _tel.func_exit(_tel_func, (inner))
            """
                .replace("outer.<locals>.inner", "outer"));
  }

  @Test
  void mixesTheUnitsOfTabbedAndBlankedFunctions() {
    assertThat(composed("def o():\n\tdef i(x):\n\t        y = x\n\treturn i\n"))
        .isEqualTo(
            PythonForms.IMPORT
                + "\ndef o():\n\t_tel_func = _tel.func_entry('o', '')\n\ttry:\n"
                + "\t\tdef i(x):\n"
                + "\t\t        _tel_func = _tel.func_entry('o.<locals>.i', 'x')\n"
                + "\t\t        try:\n"
                + "\t\t\t        y = x\n"
                + "\t\t        \t_tel.func_exit(_tel_func, None)\n"
                + "\t\t        except BaseException as _tel_exc:\n"
                + "\t\t        \t_tel.func_error(_tel_func, _tel_exc)\n"
                + "\t\t        \traise\n"
                + "\t\treturn _tel.func_exit(_tel_func, (i))\n"
                + "\texcept BaseException as _tel_exc:\n"
                + "\t\t_tel.func_error(_tel_func, _tel_exc)\n\t\traise\n");
  }

  @Test
  void importsBehindDocstringAndFutureInTheFilesOwnLineBreaks() {
    String before = "#!/usr/bin/python\r\n# coding: utf-8\r\n'doc'\r\n";
    String future = "from __future__ import annotations\r\n# note\r\n";
    String after = "import os\r\ndef f(): return os\r\n";
    assertThat(composed(before + future + after))
        .startsWith(before + future + PythonForms.IMPORT + "\r\nimport os\r\n");
  }

  @Test
  void importsOnALineOfItsOwnWhereDocstringAndCodeShareOne() {
    for (String head :
        List.of(
            "'doc'; ",
            "'''doc\nstring'''; ",
            "from __future__ import annotations; ",
            "'doc'; from __future__ import annotations; ")) {
      assertThat(composed(head + "x = 1; y = 2\ndef f(): return x\n"))
          .startsWith(head + "\n" + PythonForms.IMPORT + "\nx = 1; y = 2\ndef f");
    }
  }

  @Test
  void importsOnce() {
    String text = PythonForms.IMPORT + "\ndef f(): return 1\n";
    assertThat(composed(text)).containsOnlyOnce(PythonForms.IMPORT);
  }

  @Test
  void addsNothingToAFileWithoutTelemetry() {
    TestSource source = TestSource.of("def f(): return 1\n");
    assertThat(source.compose(Map.of())).isEmpty();
    assertThat(source.compose(Map.of(0, List.of()))).isEmpty();
  }

  @Test
  void refusesAFunctionThatTheFileDoesNotHave() {
    TestSource source = TestSource.of("def f(): return 1\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.compose(Map.of(1, List.of(new Insertion(0, "x")))));
  }

  @Test
  void importsAtTheEndOfATextWithoutLineBreak() {
    byte[] text = "'doc'".getBytes(UTF_8);
    Placed placed =
        TelemetryImport.place(text, new SourceScan(List.of(), List.of(), text.length, false));
    assertThat(placed.text()).isEqualTo("\n" + PythonForms.IMPORT + "\n");
  }

  private static String composed(String text) {
    return TestSource.of(text).instrumented(CAPTURE);
  }

  private static String composed(String text, ExceptionPolicy policy, String only) {
    TestSource source = TestSource.of(text);
    int index = source.index(only);
    Map<Integer, List<Insertion>> accepted = new LinkedHashMap<>();
    accepted.put(index, source.reference(index, policy));
    return new String(Insertions.apply(source.utf8(), source.compose(accepted)), UTF_8);
  }
}
