package io.telemetryinject.generator.author;

import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.Ending;
import io.telemetryinject.llm.Estimate;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.ModelName;
import io.telemetryinject.llm.Prompt;
import io.telemetryinject.llm.Provider;
import io.telemetryinject.llm.Reply;
import io.telemetryinject.llm.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A model that gives prepared replies, and remembers what it was asked. */
final class ScriptedModel implements LanguageModel {
  final List<Prompt> prompts = new ArrayList<>();
  private final Queue<Reply> replies = new ArrayDeque<>();

  ScriptedModel reply(Ending ending, String text) {
    replies.add(new Reply(ending, text, new Usage(1, 10, 5, 2), "as the test has it"));
    return this;
  }

  ScriptedModel code(String code) {
    return reply(Ending.COMPLETE, "```python\n" + code + "```");
  }

  @Override
  public ModelName name() {
    return new ModelName(Provider.OLLAMA, "scripted");
  }

  @Override
  public Reply ask(Prompt prompt, Account account) {
    prompts.add(prompt);
    if (replies.isEmpty()) {
      throw new AssertionError("one question too many: " + prompt.task());
    }
    return replies.remove();
  }

  @Override
  public Estimate estimate(Prompt prompt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean priceKnown() {
    return true;
  }

  @Override
  public void close() {}
}
