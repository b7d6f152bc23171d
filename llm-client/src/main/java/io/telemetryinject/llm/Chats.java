package io.telemetryinject.llm;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.List;

/** A provider's chat protocol, as langchain4j speaks it. */
@FunctionalInterface
interface Chats {
  /** Asks once over the exchange; langchain4j's own retries are off. */
  ChatResponse chat(Exchange exchange, Prompt prompt);

  static Chats of(Endpoint endpoint, ModelSettings settings) {
    return switch (endpoint.name().provider()) {
      case OLLAMA -> new OllamaChats(endpoint, settings);
      case OPENAI -> new OpenAiChats(endpoint, settings);
      case ANTHROPIC -> new AnthropicChats(endpoint, settings);
    };
  }

  /** What all prompts share goes first, as the system message. */
  static ChatRequest request(Prompt prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!prompt.shared().isBlank()) {
      messages.add(SystemMessage.from(prompt.shared()));
    }
    messages.add(UserMessage.from(prompt.task()));
    return ChatRequest.builder().messages(messages).build();
  }
}
