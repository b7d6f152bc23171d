package io.telemetryinject.llm.stub;

import java.time.Instant;
import java.util.Map;

/**
 * What a client asked.
 *
 * @param number from 1, in the order of arrival
 * @param headers names in lower case; those that carry keys are left out
 */
public record StubRequest(
    WireProtocol protocol,
    String model,
    String system,
    String user,
    int number,
    int maxTokens,
    boolean streaming,
    Map<String, String> headers,
    Instant arrived) {
  public StubRequest {
    headers = Map.copyOf(headers);
  }
}
