package io.telemetryinject.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptAnswerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ValueError | ValueError",
        "ValueError: def pay(card): (line 12) | ValueError (line 12)",
        "ValueError: def pay(card): | ValueError",
        "KeyError: 'x' (line 3) (line 12) | KeyError (line 12)",
        "the answer is NoneType, not a list | the answer is NoneType, not a list",
        "an insertion is not a pair of int and str | an insertion is not a pair of int and str",
        "the answer is def pay(card), not a list | the script broke",
        "def pay(card): pass | the script broke",
      })
  void tellsWhatKindOfFailureItWasInNoneOfTheScriptsWords(String detail, String kind) {
    assertThat(new ScriptAnswer.Broken(ErrorCode.SCRIPT, detail).kind()).isEqualTo(kind);
  }

  @Test
  void keepsQuietAboutMessagesOverSeveralLines() {
    assertThat(new ScriptAnswer.Broken(ErrorCode.SCRIPT, "E: a\nb\n(line 1)\nc (line 7)").kind())
        .isEqualTo("E (line 7)");
  }

  @Test
  void keepsWhatTheSandboxItselfSays() {
    assertThat(new ScriptAnswer.Broken(ErrorCode.DEADLINE, "ran for 500 ms: too long").kind())
        .isEqualTo("ran for 500 ms: too long");
  }
}
