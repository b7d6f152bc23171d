package io.telemetryinject.llm;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;

/** Anthropic's {@code /v1/messages}, with what prompts share marked for its prompt cache. */
record AnthropicChats(Endpoint endpoint, ModelSettings settings) implements Chats {
  /** Langchain4j insists on a key; a server of one's own may need none. */
  private static final String NO_KEY = "none";

  @Override
  public ChatResponse chat(Exchange exchange, Prompt prompt) {
    String key = endpoint.key().map(ApiKey::value).orElse(NO_KEY);
    return settings.streaming()
        ? StreamedAnswer.of(
            AnthropicStreamingChatModel.builder()
                .httpClientBuilder(exchange)
                .baseUrl(endpoint.baseUrl())
                .apiKey(key)
                .modelName(endpoint.name().model())
                .maxTokens(prompt.maxOutputTokens())
                .cacheSystemMessages(true)
                .build(),
            prompt)
        : AnthropicChatModel.builder()
            .httpClientBuilder(exchange)
            .baseUrl(endpoint.baseUrl())
            .apiKey(key)
            .modelName(endpoint.name().model())
            .maxTokens(prompt.maxOutputTokens())
            .cacheSystemMessages(true)
            .maxRetries(0)
            .build()
            .chat(Chats.request(prompt));
  }
}
