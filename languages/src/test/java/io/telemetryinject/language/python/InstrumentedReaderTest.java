package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Insertion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentedReaderTest {
  private static final PythonPack PACK = new PythonPack();
  private static final Telemetry CAPTURE = Telemetry.of(ExceptionPolicy.CAPTURE);
  private static final String CODE = "def add(a, b):\n    return a + b";
  private static final String RESULT =
      """
      def add(a, b):
          _tel_func = _tel.func_entry('add', 'a, b')
          try:
              return _tel.func_exit(_tel_func, (a + b))
          except BaseException as _tel_exc:
              _tel.func_error(_tel_func, _tel_exc)
              raise
      """;

  private static Optional<List<Insertion>> read(String code, Telemetry telemetry, String result)
      throws Exception {
    byte[] bytes = code.getBytes(UTF_8);
    ScannedFunction function = PACK.scanFunction(new FunctionTask(0, 1, "add", null, code), bytes);
    Optional<List<Insertion>> insertions =
        PACK.insertionsIn(function, bytes, telemetry, result.getBytes(UTF_8));
    if (insertions.isPresent()) {
      assertThat(PACK.verifier().verify(function, bytes, telemetry, insertions.get()).isAccepted())
          .isTrue();
      assertThat(new String(Insertions.apply(bytes, insertions.get()), UTF_8))
          .isEqualTo(result.stripTrailing());
    }
    return insertions;
  }

  @Test
  void findsEveryInsertion() throws Exception {
    assertThat(read(CODE, CAPTURE, RESULT).orElseThrow()).hasSize(5);
    assertThat(read(CODE, CAPTURE, RESULT.stripTrailing())).isPresent();
  }

  @Test
  void findsAttributes() throws Exception {
    String attributed = RESULT.replace("    try:", "    _tel.attr(_tel_func, 'left', a)\n    try:");

    assertThat(read(CODE, new Telemetry(ExceptionPolicy.CAPTURE, true), attributed)).isPresent();
    assertThat(read(CODE, CAPTURE, attributed)).isEmpty();
  }

  @Test
  void readsWhatTheTemplatesWrite() throws Exception {
    int read = 0;
    for (String code : CornerCases.forEveryPython()) {
      byte[] bytes = code.getBytes(UTF_8);
      ScannedFunction function =
          PACK.scanFunction(new FunctionTask(0, 1, "corner", null, code), bytes);
      if (function.skip() == null && function.instrumentation() == Instrumentation.NONE) {
        ExceptionPolicy policy =
            function.body().capturable() ? ExceptionPolicy.CAPTURE : ExceptionPolicy.IGNORE;
        List<Insertion> reference = ReferenceInserter.insertions(function, bytes, policy);
        byte[] result = Insertions.apply(bytes, reference);
        assertThat(PACK.insertionsIn(function, bytes, Telemetry.of(policy), result))
            .as(code)
            .contains(reference);
        read++;
      }
    }
    assertThat(read).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def add(a, b):\n    return a + b\n",
        "def add(a, b):\n    return b + a\n",
        "",
        "def add(a, b): pass",
      })
  void refusesAnythingElse(String result) throws Exception {
    assertThat(read(CODE, CAPTURE, result)).isEmpty();
    assertThat(read(CODE, CAPTURE, RESULT.replace("a + b", "a - b"))).isEmpty();
    assertThat(read(CODE, CAPTURE, RESULT + "print()\n")).isEmpty();
    assertThat(read(CODE, CAPTURE, RESULT.replace("'add'", "'sub'"))).isEmpty();
  }
}
