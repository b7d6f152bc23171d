package io.telemetryinject.llm.stub;

import java.time.Duration;
import java.util.Optional;

/** What the stub does with a request. */
public sealed interface StubAnswer {

  /** Why a text ends where it does. */
  enum Stop {
    COMPLETE,
    LENGTH,
    REFUSAL,
    FILTER
  }

  /** Some text, as the protocol wraps it. */
  record Text(String text, Stop stop) implements StubAnswer {}

  /** A status other than 200, with an error body as the protocol has it. */
  record Failure(int status, String message, Optional<Duration> retryAfter) implements StubAnswer {}

  /** No byte for a while, then the connection closes. */
  record Hang(Duration duration) implements StubAnswer {}

  /** Half of an answer, then the connection closes. */
  record Cut() implements StubAnswer {}

  /** An answer after a while. */
  record Delayed(Duration delay, StubAnswer answer) implements StubAnswer {}

  static StubAnswer text(String text) {
    return new Text(text, Stop.COMPLETE);
  }

  static StubAnswer truncated(String text) {
    return new Text(text, Stop.LENGTH);
  }

  /** Ollama has no word for it: there it is prose. */
  static StubAnswer refusal() {
    return new Text("I can't help with that.", Stop.REFUSAL);
  }

  /** Ollama has no word for it: there it is an empty answer. */
  static StubAnswer contentFilter() {
    return new Text("", Stop.FILTER);
  }

  static StubAnswer empty() {
    return text("");
  }

  /** 429; a real Retry-After has whole seconds, so parts of one are rounded up. */
  static StubAnswer throttled(Duration retryAfter) {
    return new Failure(429, "Rate limit reached", Optional.of(retryAfter));
  }

  /** 529, as Anthropic says it. */
  static StubAnswer overloaded() {
    return error(529, "Overloaded");
  }

  static StubAnswer serverError() {
    return error(500, "Internal server error");
  }

  static StubAnswer error(int status, String message) {
    return new Failure(status, message, Optional.empty());
  }

  static StubAnswer hang(Duration duration) {
    return new Hang(duration);
  }

  static StubAnswer cut() {
    return new Cut();
  }

  static StubAnswer delayed(Duration delay, StubAnswer answer) {
    return new Delayed(delay, answer);
  }
}
