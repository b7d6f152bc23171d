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
import tools.jackson.databind.JsonNode;

/** Ollama's {@code /api/chat}: one JSON document, or one a line. */
final class OllamaFormat implements WireFormat {
  @Override
  public String system(JsonNode request) {
    return WireFormat.messages(request, "system");
  }

  @Override
  public String user(JsonNode request) {
    return WireFormat.messages(request, "user");
  }

  @Override
  public int maxTokens(JsonNode request) {
    return request.path("options").path("num_predict").asInt(0);
  }

  /** Ollama streams unless told not to. */
  @Override
  public boolean streaming(JsonNode request) {
    return request.path("stream").asBoolean(true);
  }

  @Override
  public String contentType(boolean streaming) {
    return streaming ? "application/x-ndjson" : "application/json; charset=utf-8";
  }

  @Override
  public String whole(StubRequest request, Text answer) {
    return JSON.writeValueAsString(last(request, answer, answer.text()));
  }

  @Override
  public List<String> pieces(StubRequest request, Text answer) {
    List<String> lines = new ArrayList<>();
    for (String piece : inPieces(answer.text())) {
      lines.add(JSON.writeValueAsString(message(request, piece, false)) + "\n");
    }
    lines.add(JSON.writeValueAsString(last(request, answer, "")) + "\n");
    return lines;
  }

  @Override
  public String error(Failure failure) {
    return JSON.writeValueAsString(Map.of("error", failure.message()));
  }

  private static Map<String, Object> message(StubRequest request, String text, boolean done) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("model", request.model());
    message.put("created_at", request.arrived().toString());
    message.put("message", Map.of("role", "assistant", "content", text));
    message.put("done", done);
    return message;
  }

  private static Map<String, Object> last(StubRequest request, Text answer, String text) {
    Map<String, Object> last = message(request, text, true);
    last.put("done_reason", answer.stop() == Stop.LENGTH ? "length" : "stop");
    last.put("total_duration", 1_000_000L);
    last.put("prompt_eval_count", inputTokens(request));
    last.put("eval_count", tokens(answer.text()));
    return last;
  }
}
