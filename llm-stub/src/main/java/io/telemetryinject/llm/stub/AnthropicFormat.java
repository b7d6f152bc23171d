package io.telemetryinject.llm.stub;

import static io.telemetryinject.llm.stub.WireFormat.inPieces;
import static io.telemetryinject.llm.stub.WireFormat.inputTokens;
import static io.telemetryinject.llm.stub.WireFormat.tokens;

import io.telemetryinject.llm.stub.StubAnswer.Failure;
import io.telemetryinject.llm.stub.StubAnswer.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Anthropic's {@code /v1/messages}: one JSON document, or named server-sent events. */
final class AnthropicFormat implements WireFormat {
  @Override
  public String system(JsonNode request) {
    return WireFormat.text(request.path("system"));
  }

  @Override
  public String user(JsonNode request) {
    return WireFormat.messages(request, "user");
  }

  @Override
  public int maxTokens(JsonNode request) {
    return request.path("max_tokens").asInt(0);
  }

  @Override
  public boolean streaming(JsonNode request) {
    return request.path("stream").asBoolean(false);
  }

  @Override
  public String contentType(boolean streaming) {
    return streaming ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public String whole(StubRequest request, Text answer) {
    List<?> content =
        answer.text().isEmpty()
            ? List.of()
            : List.of(Map.of("type", "text", "text", answer.text()));
    Map<String, Object> message = message(request, content, stop(answer));
    message.put("usage", usage(request, tokens(answer.text())));
    return JSON.writeValueAsString(message);
  }

  @Override
  public List<String> pieces(StubRequest request, Text answer) {
    Map<String, Object> message = message(request, List.of(), null);
    message.put("usage", usage(request, 1));
    List<String> events = new ArrayList<>();
    events.add(event("message_start", Map.of("message", message)));
    if (!answer.text().isEmpty()) {
      Map<String, Object> block = Map.of("type", "text", "text", "");
      events.add(event("content_block_start", Map.of("index", 0, "content_block", block)));
      events.add(event("ping", Map.of()));
      for (String piece : inPieces(answer.text())) {
        Map<String, Object> delta = Map.of("type", "text_delta", "text", piece);
        events.add(event("content_block_delta", Map.of("index", 0, "delta", delta)));
      }
      events.add(event("content_block_stop", Map.of("index", 0)));
    }
    Map<String, Object> delta = new LinkedHashMap<>();
    delta.put("stop_reason", stop(answer));
    delta.put("stop_sequence", null);
    Map<String, Object> usage = Map.of("output_tokens", tokens(answer.text()));
    events.add(event("message_delta", Map.of("delta", delta, "usage", usage)));
    events.add(event("message_stop", Map.of()));
    return events;
  }

  @Override
  public String error(Failure failure) {
    String type =
        switch (failure.status()) {
          case 400 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 403 -> "permission_error";
          case 404 -> "not_found_error";
          case 429 -> "rate_limit_error";
          case 529 -> "overloaded_error";
          default -> "api_error";
        };
    Map<String, Object> error = Map.of("type", type, "message", failure.message());
    return JSON.writeValueAsString(Map.of("type", "error", "error", error));
  }

  private static Map<String, Object> message(
      StubRequest request, List<?> content, @Nullable String stop) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", "msg_" + request.number());
    message.put("type", "message");
    message.put("role", "assistant");
    message.put("model", request.model());
    message.put("content", content);
    message.put("stop_reason", stop);
    message.put("stop_sequence", null);
    return message;
  }

  private static Map<String, Integer> usage(StubRequest request, int output) {
    Map<String, Integer> usage = new LinkedHashMap<>();
    usage.put("input_tokens", inputTokens(request));
    usage.put("cache_creation_input_tokens", 0);
    usage.put("cache_read_input_tokens", 0);
    usage.put("output_tokens", output);
    return usage;
  }

  private static String stop(Text answer) {
    return switch (answer.stop()) {
      case COMPLETE -> "end_turn";
      case LENGTH -> "max_tokens";
      case REFUSAL, FILTER -> "refusal";
    };
  }

  private static String event(String name, Map<String, Object> fields) {
    Map<String, Object> data = new LinkedHashMap<>(fields);
    data.put("type", name);
    return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
  }
}
