package io.telemetryinject.llm;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a provider says in the body of an error, short and on one line. */
final class ProviderWords {
  private static final int MOST = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProviderWords() {}

  /** Empty when there are no words, as in a proxy's page of HTML. */
  static String of(String body) {
    JsonNode error;
    try {
      error = JSON.readTree(body).path("error");
    } catch (JacksonException e) {
      return "";
    }
    String words = error.isString() ? error.asString() : error.path("message").asString("");
    String line = words.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
