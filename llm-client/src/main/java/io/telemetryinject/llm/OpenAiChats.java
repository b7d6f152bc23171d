package io.telemetryinject.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import java.util.regex.Pattern;

/** OpenAI's {@code /v1/chat/completions}, which many other servers speak too. */
record OpenAiChats(Endpoint endpoint, ModelSettings settings) implements Chats {
  private static final Pattern REASONING = Pattern.compile("(gpt-5|o\\d).*");

  @Override
  public ChatResponse chat(Exchange exchange, Prompt prompt) {
    int tokens = prompt.maxOutputTokens();
    if (settings.streaming()) {
      OpenAiStreamingChatModelBuilder builder =
          OpenAiStreamingChatModel.builder()
              .httpClientBuilder(exchange)
              .baseUrl(endpoint.baseUrl())
              .modelName(endpoint.name().model());
      endpoint.key().ifPresent(key -> builder.apiKey(key.value()));
      return StreamedAnswer.of(
          (newLimit() ? builder.maxCompletionTokens(tokens) : builder.maxTokens(tokens)).build(),
          prompt);
    }
    OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(exchange)
            .baseUrl(endpoint.baseUrl())
            .modelName(endpoint.name().model())
            .maxRetries(0);
    endpoint.key().ifPresent(key -> builder.apiKey(key.value()));
    return (newLimit() ? builder.maxCompletionTokens(tokens) : builder.maxTokens(tokens))
        .build()
        .chat(Chats.request(prompt));
  }

  /** OpenAI has renamed the limit; other servers may know only the old name. */
  private boolean newLimit() {
    return endpoint.ownServer() || REASONING.matcher(endpoint.name().model()).matches();
  }
}
