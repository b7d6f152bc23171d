package io.telemetryinject.generator.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.generator.author.AnswerText.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {
  private static final String CODE = "import ast\n\nprint(ast)\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```python\n%s```",
        "```\n%s```\n",
        "~~~py\n%s~~~",
        "````python\n%s````",
        "Here it is:\r\n\n```python\n%s```\nI hope it helps.",
        "  ```python\n%s  ```",
      })
  void takesTheOnlyBlock(String answer) {
    assertThat(AnswerText.of(answer.formatted(CODE))).isEqualTo(new AnswerText(Flaw.NONE, CODE));
  }

  @Test
  void keepsShorterFencesInsideTheBlock() {
    AnswerText answer = AnswerText.of("````python\nx = 1\n```\ny = 2\n````");

    assertThat(answer).isEqualTo(new AnswerText(Flaw.NONE, "x = 1\n```\ny = 2\n"));
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(AnswerText.of(" \n").flaw()).isEqualTo(Flaw.EMPTY);
    assertThat(AnswerText.of("```python\n\n```").flaw()).isEqualTo(Flaw.EMPTY);
    assertThat(AnswerText.of("I would parse the source first.").flaw()).isEqualTo(Flaw.PROSE);
    assertThat(AnswerText.of(CODE).flaw()).isEqualTo(Flaw.PROSE);
    assertThat(AnswerText.of("```\na\n```\nor\n```\nb\n```").flaw()).isEqualTo(Flaw.SEVERAL);
    assertThat(AnswerText.of("```python\nimport ast\n").flaw()).isEqualTo(Flaw.UNCLOSED);
  }
}
