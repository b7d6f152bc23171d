package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLexerTest {
  private static final List<String> KINDS =
      List.of("", "NAME", "NUMBER", "STRING", "OP", "NEWLINE", "INDENT", "DEDENT", "END");

  @Test
  void readsAFunctionAsCPythonDoes() {
    assertThat(lex("def f(x): # c\n\n  # d\n  return x\n"))
        .containsExactly(
            "NAME def",
            "NAME f",
            "OP (",
            "NAME x",
            "OP )",
            "OP :",
            "NEWLINE \n",
            "INDENT   ",
            "NAME return",
            "NAME x",
            "NEWLINE \n",
            "DEDENT ",
            "END ");
  }

  @Test
  void endsTheLastLineWithoutALineBreak() {
    assertThat(lex("x # c")).containsExactly("NAME x", "NEWLINE ", "END ");
  }

  @Test
  void putsTheLineEndBehindTheComment() throws SourceRejectedException {
    PythonTokens tokens = tokens("x  # c\r\ny");
    assertThat(tokens.start(1)).isEqualTo(6);
    assertThat(tokens.end(1)).isEqualTo(8);
    assertThat(tokens.slice(tokens.comments().start(0), tokens.comments().end(0))).isEqualTo("# c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void knowsEveryLineBreak(String lineBreak) throws SourceRejectedException {
    PythonTokens tokens = tokens("if x:\n\ty\n'''\n'''\n(\n)".replace("\n", lineBreak));
    assertThat(tokens.lines().count()).isEqualTo(6);
    assertThat(tokens.lines().startsInString(3)).isTrue();
    assertThat(tokens.lines().startsLogicalLine(5)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a'",
        "b'a'",
        "Rb'\\''",
        "'''a\n'b''c'''",
        "''",
        "u\"x\"",
        "'a\\\nb'",
        "f''",
        "f'{{x}}'",
        "f'{x!r:>{width}}'",
        "f'{a[\"b\"]}'",
        "f'{x:\"^9}'",
        "f'''{\nx}'''",
        "rf'\\{x}'",
        "f'\\N{DASH}{x}'",
        "f'{x:{y:{z}}}'",
        "f'{f\"{1}\"}'",
        "t'{x}'",
        "f'{x:%H:%M}'",
        "f'{(lambda x: 1)}'",
        "f'{ {1: 2}[1] }'"
      })
  void takesAStringWhole(String string) {
    assertThat(lex(string)).containsExactly("STRING " + string, "NEWLINE ", "END ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"f\"{x[\"a\"]}\"", "f'{f'{f'{1}'}'}'", "f'{'}'}'", "f'{x # }'\n}'"})
  void takesAStringWholeWhoseFieldsHoldItsOwnQuotes(String string) {
    assertThat(lex(string)).containsExactly("STRING " + string, "NEWLINE ", "END ");
  }

  @Test
  void findsTheNamesInFields() throws SourceRejectedException {
    PythonTokens tokens = tokens("f'{locals()[\"x\"]:{w}} x {f\"{y}\"}'");
    PythonTokens.Spans names = tokens.fieldNames();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.count(); i++) {
      found.add(tokens.slice(names.start(i), names.end(i)));
    }
    assertThat(found).containsExactly("locals", "w", "y");
    assertThat(names.code(0)).isEqualTo(Word.FRAME_BUILTIN);
  }

  @Test
  void splitsNumbersFromKeywords() {
    assertThat(lex("1if 0x1for 1_0.5e-3j .5 1.e5 1else"))
        .containsExactly(
            "NUMBER 1",
            "NAME if",
            "NUMBER 0x1f",
            "NAME or",
            "NUMBER 1_0.5e-3j",
            "NUMBER .5",
            "NUMBER 1.e5",
            "NUMBER 1",
            "NAME else",
            "NEWLINE ",
            "END ");
  }

  @Test
  void takesTheLongestOperator() {
    assertThat(lex("a**=b//c->d:=e...f<>g!=h"))
        .containsSubsequence("OP **=", "OP //", "OP ->", "OP :=", "OP ...", "OP <>", "OP !=");
  }

  @Test
  void readsNamesBeyondAscii() throws SourceRejectedException {
    PythonTokens tokens = tokens("é = ｅｖａｌ; 名 = ｄｅｆ");
    assertThat(tokens.text(0)).isEqualTo("é");
    assertThat(tokens.code(2)).as("normalised as Python does").isEqualTo(Word.FRAME_BUILTIN);
    assertThat(tokens.code(6)).as("keywords are never normalised").isEqualTo(Word.NONE);
  }

  @Test
  void continuesLinesBehindBackslashesAndInBrackets() {
    assertThat(lex("x = \\\n  1\ny = (\n2\n # c\n)\n"))
        .containsExactly(
            "NAME x",
            "OP =",
            "NUMBER 1",
            "NEWLINE \n",
            "NAME y",
            "OP =",
            "OP (",
            "NUMBER 2",
            "OP )",
            "NEWLINE \n",
            "END ");
  }

  @Test
  void startsAnewAtAFormFeed() {
    assertThat(lex("if x:\n  y\n\f  z\n"))
        .containsSubsequence("INDENT   ", "NAME y", "NEWLINE \n", "NAME z", "NEWLINE \n")
        .containsOnlyOnce("DEDENT ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a",
        "'a\n'",
        "'''a",
        "f'{x'",
        "f'{x",
        "(",
        "(]",
        ")",
        "x = 1 \\",
        "x \\ y",
        "a ? b",
        "$",
        "if x:\n    a\n  b\n",
        "if x:\n\ta\n        b\n",
        "if x:\n        a\n\tb\n"
      })
  void rejectsWhatCPythonsTokenizerRejects(String source) {
    assertThat(rejection(source)).isEqualTo(RejectReason.PARSE);
  }

  @Test
  void rejectsDeepNestingInsteadOfOverflowing() {
    assertThat(rejection("(".repeat(10_000) + ")".repeat(10_000))).isEqualTo(RejectReason.NESTING);
    assertThat(rejection("f'{".repeat(10_000))).isEqualTo(RejectReason.NESTING);
    assertThat(rejection(nestedIfs(10_000))).isEqualTo(RejectReason.NESTING);
    assertThat(rejection(nestedIfs(100))).isEqualTo(RejectReason.NESTING);
  }

  @Test
  void nestsAsDeeplyAsCPython() {
    assertThatCode(() -> tokens("(".repeat(200) + ")".repeat(200))).doesNotThrowAnyException();
    assertThatCode(() -> tokens(nestedIfs(99))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x + ", "'a' ", "f'{x}' ", "eval, ", "_tel_x = ", "f'{\"", "lambda: "})
  void readsALongLineInLinearTime(String piece) {
    String line = piece.repeat(2_000_000 / piece.length()) + "x = 1\n";
    String source = "def f():\n  " + line;
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try {
            new PythonScanner().scan(Scans.utf8(source));
          } catch (SourceRejectedException e) {
            assertThat(e.reason()).isIn(RejectReason.PARSE, RejectReason.NESTING);
          }
        });
  }

  private static String nestedIfs(int levels) {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      source.append(" ".repeat(i)).append("if x:\n");
    }
    return source.append(" ".repeat(levels)).append("y\n").toString();
  }

  private static PythonTokens tokens(String source) throws SourceRejectedException {
    return PythonLexer.lex(Scans.utf8(source));
  }

  private static List<String> lex(String source) {
    try {
      PythonTokens tokens = tokens(source);
      List<String> found = new ArrayList<>();
      for (int i = 0; i < tokens.count(); i++) {
        found.add(KINDS.get(tokens.kind(i)) + " " + tokens.text(i));
      }
      return found;
    } catch (SourceRejectedException e) {
      throw new AssertionError(e.detail(), e);
    }
  }

  private static RejectReason rejection(String source) {
    return catchThrowableOfType(SourceRejectedException.class, () -> tokens(source)).reason();
  }
}
