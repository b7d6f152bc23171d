package io.telemetryinject.llm.stub;

import static io.telemetryinject.llm.stub.WireFormat.inPieces;
import static io.telemetryinject.llm.stub.WireFormat.inputTokens;
import static io.telemetryinject.llm.stub.WireFormat.tokens;

import io.telemetryinject.llm.stub.StubAnswer.Failure;
import io.telemetryinject.llm.stub.StubAnswer.Stop;
import io.telemetryinject.llm.stub.StubAnswer.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's {@code /v1/chat/completions}: one JSON document, or server-sent events. */
final class OpenAiFormat implements WireFormat {
  @Override
  public String system(JsonNode request) {
    return WireFormat.messages(request, "system") + WireFormat.messages(request, "developer");
  }

  @Override
  public String user(JsonNode request) {
    return WireFormat.messages(request, "user");
  }

  @Override
  public int maxTokens(JsonNode request) {
    return request.path("max_completion_tokens").asInt(request.path("max_tokens").asInt(0));
  }

  @Override
  public boolean streaming(JsonNode request) {
    return request.path("stream").asBoolean(false);
  }

  @Override
  public String contentType(boolean streaming) {
    return streaming ? "text/event-stream" : "application/json";
  }

  @Override
  public String whole(StubRequest request, Text answer) {
    boolean refusal = answer.stop() == Stop.REFUSAL;
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", refusal ? null : answer.text());
    message.put("refusal", refusal ? answer.text() : null);
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("message", message);
    choice.put("finish_reason", finish(answer));
    Map<String, Object> whole = frame(request, "chat.completion", List.of(choice));
    whole.put("usage", usage(request, answer));
    return JSON.writeValueAsString(whole);
  }

  @Override
  public List<String> pieces(StubRequest request, Text answer) {
    String field = answer.stop() == Stop.REFUSAL ? "refusal" : "content";
    List<String> events = new ArrayList<>();
    events.add(event(chunk(request, Map.of("role", "assistant", "content", ""), null)));
    for (String piece : inPieces(answer.text())) {
      events.add(event(chunk(request, Map.of(field, piece), null)));
    }
    events.add(event(chunk(request, Map.of(), finish(answer))));
    Map<String, Object> last = frame(request, "chat.completion.chunk", List.of());
    last.put("usage", usage(request, answer));
    events.add(event(last));
    events.add("data: [DONE]\n\n");
    return events;
  }

  @Override
  public String error(Failure failure) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", failure.message());
    error.put("type", failure.status() == 429 ? "requests" : "invalid_request_error");
    error.put("param", null);
    error.put("code", failure.status() == 429 ? "rate_limit_exceeded" : null);
    return JSON.writeValueAsString(Map.of("error", error));
  }

  private static Map<String, Object> frame(StubRequest request, String kind, List<?> choices) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("id", "chatcmpl-" + request.number());
    frame.put("object", kind);
    frame.put("created", request.arrived().getEpochSecond());
    frame.put("model", request.model());
    frame.put("choices", choices);
    return frame;
  }

  private static Map<String, Object> chunk(
      StubRequest request, Map<String, String> delta, @Nullable String finish) {
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", finish);
    return frame(request, "chat.completion.chunk", List.of(choice));
  }

  private static Map<String, Integer> usage(StubRequest request, Text answer) {
    int in = inputTokens(request);
    int out = tokens(answer.text());
    return Map.of("prompt_tokens", in, "completion_tokens", out, "total_tokens", in + out);
  }

  private static String finish(Text answer) {
    return switch (answer.stop()) {
      case COMPLETE, REFUSAL -> "stop";
      case LENGTH -> "length";
      case FILTER -> "content_filter";
    };
  }

  private static String event(Map<String, Object> data) {
    return "data: " + JSON.writeValueAsString(data) + "\n\n";
  }
}
