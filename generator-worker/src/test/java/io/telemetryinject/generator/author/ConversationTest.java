package io.telemetryinject.generator.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.Ending;
import io.telemetryinject.llm.Prompt;
import io.telemetryinject.llm.Purpose;
import io.telemetryinject.llm.Usage;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversationTest {
  private static final PromptBook BOOK = new PromptBook(new PythonPack());
  private static final Account ACCOUNT = new Account(new RunId(Sha256.of("a run")), 1_000_000);
  private static final String CODE = "import ast\n";
  private static final String TASK = "Write the script.";

  private final ScriptedModel model = new ScriptedModel();
  private final Conversation conversation = new Conversation(model, ACCOUNT, BOOK);

  private CodeReply ask() throws InterruptedException {
    return conversation.code(Purpose.SCRIPT, TASK);
  }

  private String task(int question) {
    return model.prompts.get(question).task();
  }

  @Test
  void takesCodeAtOnce() throws InterruptedException {
    model.code(CODE);

    assertThat(ask()).isEqualTo(new CodeReply.Code(CODE));
    assertThat(model.prompts).extracting(Prompt::shared).containsExactly(BOOK.shared());
  }

  @Test
  void saysWhatWasWrongWithAnAnswerThatIsNoFile() throws InterruptedException {
    model
        .reply(Ending.COMPLETE, "I would parse the source first.")
        .reply(Ending.COMPLETE, "```\na\n```\n```\nb\n```")
        .reply(Ending.EMPTY, "")
        .code(CODE);

    assertThat(ask()).isEqualTo(new CodeReply.Code(CODE));
    assertThat(task(1)).startsWith(TASK).contains("no fenced block");
    assertThat(task(2)).contains("several fenced blocks");
    assertThat(task(3)).contains("it was empty");
    assertThat(conversation.usage()).isEqualTo(new Usage(4, 40, 20, 8));
  }

  @Test
  void givesATruncatedAnswerMoreRoom() throws InterruptedException {
    model.reply(Ending.TRUNCATED, "```python\nimport").reply(Ending.COMPLETE, "```python\nimp");
    model.code(CODE);

    assertThat(ask()).isEqualTo(new CodeReply.Code(CODE));
    assertThat(model.prompts)
        .extracting(Prompt::maxOutputTokens)
        .containsExactly(8_192, 16_384, 32_768);
  }

  @Test
  void explainsThePurposeOnceToAModelThatRefuses() throws InterruptedException {
    model.reply(Ending.REFUSED, "I can't.").code(CODE);

    assertThat(ask()).isEqualTo(new CodeReply.Code(CODE));
    assertThat(task(1)).contains("purpose").endsWith(TASK + "\n");
  }

  @Test
  void acceptsASecondRefusal() throws InterruptedException {
    model.reply(Ending.REFUSED, "I can't.").reply(Ending.REFUSED, "I still can't.");

    assertThat(ask())
        .isEqualTo(
            new CodeReply.None(
                "ollama:scripted gave no usable answer: it declined the task", true));
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "DENIED", "OVER_BUDGET", "FILTERED"})
  void doesNotAskAgainWhereThatCannotHelp(Ending ending) throws InterruptedException {
    model.reply(ending, "");

    CodeReply reply = ask();

    assertThat(reply).isInstanceOf(CodeReply.None.class);
    assertThat(((CodeReply.None) reply).conclusive()).isEqualTo(ending == Ending.FILTERED);
    assertThat(conversation.overBudget()).isEqualTo(ending == Ending.OVER_BUDGET);
  }

  @Test
  void givesUpOnAModelThatOnlyTalks() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      model.reply(Ending.COMPLETE, "Let me think.");
    }

    assertThat(ask()).isInstanceOf(CodeReply.None.class);
    assertThat(model.prompts).hasSize(4);
  }
}
