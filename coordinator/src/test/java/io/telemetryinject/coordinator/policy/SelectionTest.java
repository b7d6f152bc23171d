package io.telemetryinject.coordinator.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.policy.Selection.Kind;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.python.PythonPack;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  @ParameterizedTest
  @CsvSource({
    "def f(): return 1,FUNCTION",
    "class A:\\n    def f(self): return 1,METHOD",
    "def f(): yield 1,GENERATOR",
    "class A:\\n    def f(self): yield 1,GENERATOR",
    "async def f(): return 1,COROUTINE",
    "async def f(): yield 1,COROUTINE",
    "class A:\\n    async def f(self): return 1,COROUTINE",
  })
  void takesFunctionsByKind(String escaped, Kind kind) {
    String source = escaped.replace("\\n", "\n");
    assertThat(takes(new Selection(0, Set.of(kind)), source)).isTrue();
    Set<Kind> others = EnumSet.complementOf(EnumSet.of(kind));
    assertThat(takes(new Selection(0, others), source)).isFalse();
    assertThat(takes(Selection.everything(), source)).isTrue();
  }

  @Test
  void countsLinesOfAnyKind() {
    for (String lineBreak : new String[] {"\n", "\r\n", "\r"}) {
      String source = "x = 1\n@deco\ndef f():\n    'doc'\n    return 1".replace("\n", lineBreak);
      assertThat(takes(new Selection(4, EnumSet.allOf(Kind.class)), source)).isTrue();
      assertThat(takes(new Selection(5, EnumSet.allOf(Kind.class)), source)).isFalse();
      assertThat(takes(new Selection(5, EnumSet.allOf(Kind.class)), source + lineBreak)).isFalse();
    }
  }

  private static boolean takes(Selection selection, String source) {
    byte[] utf8 = source.getBytes(UTF_8);
    try {
      ScannedFunction function = new PythonPack().scan(utf8).functions().get(0);
      return selection.takes(function, utf8);
    } catch (SourceRejectedException e) {
      throw new AssertionError(e.detail(), e);
    }
  }
}
