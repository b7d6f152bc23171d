package io.telemetryinject.llm;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;

/**
 * Reports what cannot be read as an error of the stream; langchain4j would log it, and words of the
 * answer with it.
 */
record QuietListener(ServerSentEventListener inner) implements ServerSentEventListener {
  @Override
  public void onEvent(ServerSentEvent event) {
    try {
      inner.onEvent(event);
    } catch (RuntimeException e) {
      inner.onError(e);
    }
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    try {
      inner.onEvent(event, context);
    } catch (RuntimeException e) {
      inner.onError(e);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    inner.onError(thrown);
  }
}
