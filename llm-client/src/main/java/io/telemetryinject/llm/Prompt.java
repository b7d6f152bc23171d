package io.telemetryinject.llm;

/**
 * What a model is asked.
 *
 * @param shared what all prompts have in common, byte for byte the same; goes first, as the system
 *     message, so that a provider's prompt cache can help
 * @param task the user message
 * @param maxOutputTokens an answer ends here at the latest, as {@link Ending#TRUNCATED}
 */
public record Prompt(Purpose purpose, String shared, String task, int maxOutputTokens) {
  public Prompt {
    if (task.isBlank()) {
      throw new IllegalArgumentException("a prompt needs a task");
    }
    if (maxOutputTokens < 1) {
      throw new IllegalArgumentException("a prompt needs room for an answer: " + maxOutputTokens);
    }
  }

  public Prompt withMaxOutputTokens(int tokens) {
    return new Prompt(purpose, shared, task, tokens);
  }

  /** Sizes only: prompts hold source text, which belongs in no log. */
  @Override
  public String toString() {
    return "Prompt[%s, %d + %d characters, at most %d tokens out]"
        .formatted(purpose, shared.length(), task.length(), maxOutputTokens);
  }
}
