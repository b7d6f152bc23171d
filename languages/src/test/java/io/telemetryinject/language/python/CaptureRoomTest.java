package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureRoomTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for a in b: | 19",
        "while a: | 19",
        "async for a in b: | 19",
        "with a: | 19",
        "with a, b: | 9",
        "with (a as b, c as d,): | 9",
        "with (a, b) as c: | 19",
        "with a(b, c): | 19",
        "if a: | 90",
      })
  void countsTheStaticBlocksOfCPython(String header, int most) {
    assertThat(isCapturable(nested(header, most, "x\n"))).isTrue();
    assertThat(isCapturable(nested(header, most + 1, "x\n"))).isEqualTo(header.startsWith("if"));
  }

  @Test
  void countsATryByItsClauses() {
    String loops17 = nested("for a in b:", 17, "%s");
    assertThat(isCapturable(loops17.formatted(attempt(17, "pass", "except E: pass")))).isTrue();
    assertThat(isCapturable(loops17.formatted(attempt(17, loop(), "except E: pass")))).isTrue();
    assertThat(isCapturable(loops17.formatted(attempt(17, loop(), "finally: pass")))).isTrue();
    assertThat(isCapturable(loops17.formatted(attempt(17, loop(), "except E: pass", "finally: x"))))
        .isFalse();
    assertThat(isCapturable(loops17.formatted(attempt(17, "x", "except E:\n" + in(19, loop())))))
        .isFalse();
    assertThat(
            isCapturable(
                loops17.formatted(attempt(17, "x", "except E: x", "else:\n" + in(19, loop())))))
        .isTrue();
  }

  @Test
  void countsEachFunctionByItself() {
    String inner = nested("for a in b:", 10, "def g():\n" + in(12, nestedAt(12, 15)));
    assertThat(isCapturable(inner)).isTrue();
  }

  @Test
  void leavesRoomForTheTryOfEachEnclosingFunction() {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      source.append(" ".repeat(i)).append("def f").append(i).append("():\n");
    }
    String text = source.append(" ".repeat(60)).append("return 1\n").toString();
    assertThat(Scans.scan(text).functions().get(59).body().capturable()).isFalse();
    assertThat(Scans.scan(text).functions().get(0).body().capturable()).isFalse();
    assertThat(Scans.function("def f():\n" + text.indent(1)).body().capturable()).isFalse();
    assertThat(Scans.function("def f():\n  def g():\n    x\n").body().capturable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f():\n\f    x\n",
        "def f():\n    if x:\n        y\n\f    z\n",
        "def f():\n    if x:\n    \ty\n",
        "def f():\n\t  x\n",
        "def f():\n    x\n    \\\n    y\n",
      })
  void keepsItsHandsOffIndentationThatWouldBreak(String source) {
    assertThat(isCapturable(source)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f():\n\tx\n\tif x:\n\t\ty\n",
        "def f():\n\tx\n\tif x:\n\t    y\n",
        "def f():\n    x(\n\ty)\n",
        "def f():\n    x = 1 + \\\n\t2\n",
        "def f():\n    x\n\f\n    y\n",
        "def f():\n\\\n    x\n",
        "def f():\n    '''\n\f\t'''\n    y\n",
      })
  void movesIndentationThatKeepsItsOrder(String source) {
    assertThat(isCapturable(source)).isTrue();
  }

  private static boolean isCapturable(String source) {
    return Scans.function(source).body().capturable();
  }

  private static String nested(String header, int times, String innermost) {
    StringBuilder source = new StringBuilder("async def f():\n");
    for (int i = 1; i <= times; i++) {
      source.append(" ".repeat(i)).append(header).append('\n');
    }
    return source.append(" ".repeat(times + 1)).append(innermost).toString();
  }

  /** As many loops, one inside the other, from a level of indentation on. */
  private static String nestedAt(int level, int times) {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < times; i++) {
      source.append(i == 0 ? "" : " ".repeat(level + i)).append("for a in b:\n");
    }
    return source.append(" ".repeat(level + times)).append("x\n").toString();
  }

  private static String attempt(int level, String body, String... clauses) {
    String blanks = " ".repeat(level + 1);
    StringBuilder source = new StringBuilder("try:\n").append(in(level + 2, body)).append('\n');
    for (String clause : clauses) {
      source.append(blanks).append(clause).append('\n');
    }
    return source.toString();
  }

  private static String loop() {
    return "for a in b: pass";
  }

  private static String in(int level, String line) {
    return " ".repeat(level) + line;
  }
}
