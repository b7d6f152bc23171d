package io.telemetryinject.llm;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.jspecify.annotations.Nullable;

/** Waits for the last piece of a streamed answer; an {@link Exchange} has it when it returns. */
final class StreamedAnswer implements StreamingChatResponseHandler {
  private @Nullable ChatResponse complete;
  private @Nullable Throwable error;

  static ChatResponse of(StreamingChatModel model, Prompt prompt) {
    StreamedAnswer answer = new StreamedAnswer();
    model.chat(Chats.request(prompt), answer);
    if (answer.error != null) {
      throw new LangChain4jException(answer.error);
    }
    if (answer.complete == null) {
      throw new LangChain4jException("the stream ended before the answer did");
    }
    return answer.complete;
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    complete = response;
  }

  @Override
  public void onError(Throwable thrown) {
    error = error == null ? thrown : error;
  }
}
