package io.telemetryinject.llm;

/**
 * What asking took, attempts that failed included.
 *
 * @param calls requests that reached for the provider
 * @param inputTokens cached ones included
 * @param microDollars millionths of a US dollar; 0 for a model without a known price
 */
public record Usage(int calls, long inputTokens, long outputTokens, long microDollars) {
  private static final Usage NONE = new Usage(0, 0, 0, 0);

  public static Usage none() {
    return NONE;
  }

  public Usage plus(Usage other) {
    return new Usage(
        calls + other.calls,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        microDollars + other.microDollars);
  }
}
