package io.telemetryinject.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;

/** Makes the call: prompt to wire, answer or trouble to a typed attempt. */
final class WireModel implements Attempts {
  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private final Runnable sending;
  private final Chats chats;
  private final Answers answers;
  private final Troubles troubles;

  WireModel(
      java.net.http.HttpClient http,
      Endpoint endpoint,
      ModelSettings settings,
      Costs costs,
      Runnable sending) {
    this.http = http;
    this.timeout = settings.callTimeout();
    this.sending = sending;
    this.chats = Chats.of(endpoint, settings);
    this.answers = new Answers(costs);
    this.troubles = new Troubles(endpoint, settings, costs);
  }

  @Override
  public Attempt once(Prompt prompt, Account account) throws InterruptedException {
    Exchange exchange = new Exchange(http, timeout, sending);
    ChatResponse response;
    try {
      response = chats.chat(exchange, prompt);
    } catch (RuntimeException e) {
      if (exchange.trouble() == Exchange.Trouble.INTERRUPTED) {
        throw new InterruptedCallException();
      }
      return answers.refused(exchange, prompt).orElseGet(() -> troubles.of(exchange, prompt));
    }
    return answers.of(response, exchange, prompt);
  }
}
