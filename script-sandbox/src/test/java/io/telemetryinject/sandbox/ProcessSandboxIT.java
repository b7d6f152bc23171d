package io.telemetryinject.sandbox;

import static io.telemetryinject.sandbox.ScriptSandbox.Isolation.BATCH;
import static io.telemetryinject.sandbox.ScriptSandbox.Isolation.CALL;
import static io.telemetryinject.sandbox.Scripts.ECHO;
import static io.telemetryinject.sandbox.Scripts.answered;
import static io.telemetryinject.sandbox.Scripts.broken;
import static io.telemetryinject.sandbox.Scripts.call;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Insertion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessSandboxIT {
  private static ProcessSandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = new ProcessSandbox(Scripts.settings().withDeadline(Duration.ofMillis(700)));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void handsAFunctionToItsScriptAndItsInsertionsBack() {
    ScriptCall call = call(ECHO, "def f(a, b): return 'ü😀'", "Outer.f", List.of("a", "b"));

    ScriptAnswer answer = sandbox.run(List.of(call), BATCH).get(0);

    assertThat(answered(answer).insertions())
        .containsExactly(
            new Insertion(0, "Outer.f"), new Insertion(28, "a,b|"), new Insertion(24, "capture"));
  }

  @Test
  void keepsTextsBeyondAsciiApart() {
    String script = "def insertions(s, c): return [(0, 'a😀'), (1, 'ü'), (2, 'b')]";

    assertThat(answered(sandbox.run(List.of(call(script, "x")), BATCH).get(0)).insertions())
        .containsExactly(new Insertion(0, "a😀"), new Insertion(1, "ü"), new Insertion(2, "b"));
  }

  @Test
  void answersThousandsOfCallsOfManyScriptsInOrder() {
    List<ScriptCall> calls = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String script = ECHO + "# " + i % 700;
      calls.add(call(script, "x", "name" + i, List.of()));
    }

    List<ScriptAnswer> answers = sandbox.run(calls, BATCH);

    assertThat(answers)
        .extracting(answer -> answered(answer).insertions().get(0).text())
        .containsExactlyElementsOf(IntStream.range(0, 3000).mapToObj(i -> "name" + i).toList());
  }

  @Test
  void batchesAreBoundedInBytesToo() {
    String source = "#".repeat(3 << 20);
    List<ScriptCall> calls = List.of(call(ECHO, source), call(ECHO, source), call(ECHO, "x"));

    assertThat(sandbox.run(calls, BATCH)).allMatch(a -> answered(a).insertions().size() == 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return None",
        "return ''",
        "return ()",
        "return {1: 'a'}",
        "return [1]",
        "return ['ab']",
        "return [(1, 'a', 'b')]",
        "return [(1, b'a')]",
        "return [(1.0, 'a')]",
        "return [(True, 'a')]",
        "return [('1', 'a')]",
        "return [(-1, 'a')]",
        "return [(1 << 31, 'a')]",
        "return [(1 << 70, 'a')]",
        "return [(1, '')]",
        "return [(1, '\\ud800')]",
        "return (x for x in [(1, 'a')])",
        "class L(list): pass\n    return L()",
        "class I(int): pass\n    return [(I(1), 'a')]",
        "class S(str): pass\n    return [(1, S('a'))]",
        "return [(0, 'x' * (20 << 20))]",
      })
  void refusesAnAnswerOfTheWrongKind(String body) {
    String script = "def insertions(s, c):\n    " + body;

    assertThat(broken(sandbox.run(List.of(call(script, "x")), BATCH).get(0)).code())
        .isEqualTo(ErrorCode.SCRIPT);
  }

  @Test
  void namesTheErrorAndTheLineOfAScriptThatRaises() {
    String script = "import re\n\ndef insertions(s, c):\n    return [][1]";

    assertThat(broken(sandbox.run(List.of(call(script, "x")), BATCH).get(0)).detail())
        .isEqualTo("IndexError: list index out of range (line 4)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"def f(:", "x = '\0'", "raise ValueError('no')", "import socket", ""})
  void aScriptThatCannotBeLoadedBreaksItsCallsOnly(String script) {
    List<ScriptAnswer> answers = sandbox.run(List.of(call(ECHO, "x"), call(script, "x")), BATCH);

    answered(answers.get(0));
    assertThat(broken(answers.get(1)).code()).isEqualTo(ErrorCode.SCRIPT);
  }

  @Test
  void callsInIsolationDoNotSeeEachOther() {
    String counter = "n = []\ndef insertions(s, c):\n    n.append(1)\n    return [(len(n), 'x')]";
    List<ScriptCall> calls = List.of(call(counter, "x"), call(counter, "x"));

    assertThat(sandbox.run(calls, CALL))
        .allMatch(a -> answered(a).insertions().get(0).offset() == 1);
    assertThat(answered(sandbox.run(calls, BATCH).get(1)).insertions().get(0).offset())
        .as("control: in a batch they do")
        .isEqualTo(2);
  }

  @Test
  void compilesFilesWithoutRunningThem() {
    List<byte[]> files =
        List.of(
            "raise SystemExit".getBytes(UTF_8),
            "def f(:\n".getBytes(UTF_8),
            "# coding: latin-1\nx = 'ä'\n".getBytes(ISO_8859_1),
            "\nx = 'ä'\n".getBytes(ISO_8859_1),
            "x = 1\0".getBytes(UTF_8),
            "x = 1".getBytes(UTF_8));

    List<String> messages = sandbox.compile(files);

    assertThat(messages).hasSize(6);
    assertThat(messages.get(0)).isEmpty();
    assertThat(messages.get(1)).startsWith("SyntaxError").contains("line 1");
    assertThat(messages.get(2)).isEmpty();
    assertThat(messages.get(3)).contains("utf-8");
    assertThat(messages.get(4)).contains("null bytes");
    assertThat(messages.get(5)).isEmpty();
  }

  @Test
  void aFileThatIsTooDeepForTheCompilerDoesNotTakeOthersAlong() {
    String deep = "x = " + "-".repeat(200_000) + "1\n";

    List<String> messages =
        sandbox.compile(List.of("a = 1".getBytes(UTF_8), deep.getBytes(UTF_8), new byte[0]));

    assertThat(messages.get(0)).isEmpty();
    assertThat(messages.get(1)).isNotEmpty();
    assertThat(messages.get(2)).isEmpty();
  }

  @Test
  void anInterruptedThreadGetsNoVerdictOnAFile() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> sandbox.compile(List.of(new byte[0])))
        .isInstanceOf(SandboxUnavailableException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptedThreadGetsAnswersAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    List<ScriptAnswer> answers = sandbox.run(List.of(call(ECHO, "x")), BATCH);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(broken(answers.get(0)).code()).isEqualTo(ErrorCode.SANDBOX);
    answered(sandbox.run(List.of(call(ECHO, "x")), BATCH).get(0));
  }
}
