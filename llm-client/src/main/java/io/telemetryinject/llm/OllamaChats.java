package io.telemetryinject.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.Map;

/** Ollama's {@code /api/chat}. */
record OllamaChats(Endpoint endpoint, ModelSettings settings) implements Chats {
  @Override
  public ChatResponse chat(Exchange exchange, Prompt prompt) {
    return settings.streaming()
        ? StreamedAnswer.of(
            OllamaStreamingChatModel.builder()
                .httpClientBuilder(exchange)
                .baseUrl(endpoint.baseUrl())
                .modelName(endpoint.name().model())
                .customHeaders(headers())
                .numPredict(prompt.maxOutputTokens())
                .numCtx(contextTokens(prompt))
                .build(),
            prompt)
        : OllamaChatModel.builder()
            .httpClientBuilder(exchange)
            .baseUrl(endpoint.baseUrl())
            .modelName(endpoint.name().model())
            .customHeaders(headers())
            .numPredict(prompt.maxOutputTokens())
            .numCtx(contextTokens(prompt))
            .maxRetries(0)
            .build()
            .chat(Chats.request(prompt));
  }

  /** What does not fit is cut off without a word, and another context means loading anew. */
  private int contextTokens(Prompt prompt) {
    long needed = Tokens.expectedInput(prompt) + prompt.maxOutputTokens();
    long step = settings.contextTokens();
    return Math.toIntExact((needed + step - 1) / step * step);
  }

  /** A local server takes no key; one behind a gateway may. */
  private Map<String, String> headers() {
    return endpoint
        .key()
        .map(key -> Map.of("Authorization", "Bearer " + key.value()))
        .orElse(Map.of());
  }
}
