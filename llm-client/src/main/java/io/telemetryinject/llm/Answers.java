package io.telemetryinject.llm;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says how an answer ended; part of that is only in the body as it came. */
record Answers(Costs costs) {
  /**
   * Quotes inside strings are escaped, so these match fields and nothing that a model wrote.
   * Possessive, since any other repetition takes stack for every character.
   */
  private static final Pattern REFUSAL_FIELD =
      Pattern.compile("\"refusal\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)++)\"");

  /** Line ends inside strings are escaped too. */
  private static final Pattern EVENTS = Pattern.compile("(?m)^data:");

  private static final Pattern REFUSAL_STOP =
      Pattern.compile("\"stop_reason\"\\s*:\\s*\"refusal\"");
  private static final Pattern CONTEXT_FULL =
      Pattern.compile("\"stop_reason\"\\s*:\\s*\"model_context_window_exceeded\"");

  Attempt of(ChatResponse response, Exchange exchange, Prompt prompt) {
    Usage usage = usage(response, prompt);
    FinishReason finish = response.finishReason();
    String text = response.aiMessage().text() == null ? "" : response.aiMessage().text();
    String body = exchange.body();
    if (REFUSAL_STOP.matcher(body).find()) {
      return answer(Ending.REFUSED, text, usage, "the model declined");
    }
    Optional<String> refusal = refusal(body);
    if (refusal.isPresent()) {
      return answer(Ending.REFUSED, refusal.get(), usage, "the model declined");
    }
    if (finish == FinishReason.LENGTH || CONTEXT_FULL.matcher(body).find()) {
      return answer(
          Ending.TRUNCATED,
          text,
          usage,
          "the answer did not fit into " + prompt.maxOutputTokens() + " tokens, or the context");
    }
    if (finish == FinishReason.CONTENT_FILTER) {
      return answer(
          Ending.FILTERED, text, usage, "the provider's content filter stopped the answer");
    }
    if (finish == null && (text.isBlank() || EVENTS.matcher(body).find())) {
      return new Attempt.Failed(costs.worst(prompt), "the answer broke off before its end");
    }
    return text.isBlank()
        ? answer(Ending.EMPTY, "", usage, "the model answered nothing")
        : answer(Ending.COMPLETE, text, usage, "");
  }

  /** A refusal that langchain4j throws rather than returns. */
  Optional<Attempt> refused(Exchange exchange, Prompt prompt) {
    return exchange.status() / 100 == 2
        ? refusal(exchange.body())
            .map(
                words ->
                    answer(
                        Ending.REFUSED,
                        words,
                        RawUsage.of(exchange.body())
                            .map(costs::of)
                            .orElseGet(() -> costs.worst(prompt)),
                        "the model declined"))
        : Optional.empty();
  }

  private Usage usage(ChatResponse response, Prompt prompt) {
    TokenUsage used = response.tokenUsage();
    if (used == null || used.outputTokenCount() == null || used.inputTokenCount() == null) {
      return costs.worst(prompt);
    }
    long input = used.inputTokenCount();
    long output = used.outputTokenCount();
    if (input < 0 || output < 0) {
      return costs.worst(prompt);
    }
    if (used instanceof AnthropicTokenUsage anthropic) {
      long read = orZero(anthropic.cacheReadInputTokens());
      long written = orZero(anthropic.cacheCreationInputTokens());
      return costs.of(new Tokens(input + read + written, read, written, output));
    }
    if (used instanceof OpenAiTokenUsage openAi && openAi.inputTokensDetails() != null) {
      long read = orZero(openAi.inputTokensDetails().cachedTokens());
      return costs.of(new Tokens(input, read, 0, output));
    }
    return costs.of(new Tokens(input, 0, 0, output));
  }

  /** All pieces of a refusal, in a streamed answer or in one. */
  private static Optional<String> refusal(String body) {
    Matcher pieces = REFUSAL_FIELD.matcher(body);
    StringBuilder words = new StringBuilder();
    while (pieces.find()) {
      words.append(pieces.group(1));
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(words.toString());
  }

  private static long orZero(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static Attempt answer(Ending ending, String text, Usage usage, String detail) {
    return new Attempt.Answered(new Reply(ending, text, usage, detail));
  }
}
