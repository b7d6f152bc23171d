package io.telemetryinject.llm.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.llm.stub.StubAnswer.Failure;
import io.telemetryinject.llm.stub.StubAnswer.Text;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** How one protocol writes requests and answers down. */
interface WireFormat {
  ObjectMapper JSON = new ObjectMapper();

  static WireFormat of(WireProtocol protocol) {
    return switch (protocol) {
      case OLLAMA -> new OllamaFormat();
      case OPENAI -> new OpenAiFormat();
      case ANTHROPIC -> new AnthropicFormat();
    };
  }

  String system(JsonNode request);

  String user(JsonNode request);

  int maxTokens(JsonNode request);

  boolean streaming(JsonNode request);

  /** What the content type of an answer is. */
  String contentType(boolean streaming);

  /** The whole body. */
  String whole(StubRequest request, Text answer);

  /** The pieces of a streamed body. */
  List<String> pieces(StubRequest request, Text answer);

  String error(Failure failure);

  /** The contents of all messages in a role, whether given as text or as blocks of text. */
  static String messages(JsonNode request, String role) {
    StringBuilder all = new StringBuilder();
    for (JsonNode message : request.path("messages")) {
      if (message.path("role").asString("").equals(role)) {
        all.append(text(message.path("content")));
      }
    }
    return all.toString();
  }

  static String text(JsonNode content) {
    if (content.isString()) {
      return content.asString();
    }
    StringBuilder all = new StringBuilder();
    for (JsonNode block : content) {
      all.append(block.path("text").asString(""));
    }
    return all.toString();
  }

  /** A quarter of the bytes, about what tokenizers make of code. */
  static int tokens(String text) {
    return (text.getBytes(UTF_8).length + 3) / 4;
  }

  static int inputTokens(StubRequest request) {
    return tokens(request.system()) + tokens(request.user());
  }

  /** A text cut to the length that three pieces make of it. */
  static List<String> inPieces(String text) {
    List<String> pieces = new ArrayList<>();
    int size = Math.max(1, (text.length() + 2) / 3);
    for (int start = 0; start < text.length(); start += size) {
      pieces.add(text.substring(start, Math.min(text.length(), start + size)));
    }
    return pieces;
  }
}
