package io.telemetryinject.generator.author;

import io.telemetryinject.llm.Estimate;

/**
 * What scripts will take, without asking for one.
 *
 * @param scripts how many
 * @param calls when every first answer is right
 * @param worstCalls when tests and script need every round they may have
 * @param tokens in and out, when every first answer is right; likewise microDollars
 * @param priceKnown false when the model is in no price table, and the costs are 0 for that reason
 */
public record WritingEstimate(
    int scripts,
    int calls,
    int worstCalls,
    long tokens,
    long worstTokens,
    long microDollars,
    long worstMicroDollars,
    boolean priceKnown) {

  public static WritingEstimate none() {
    return ofScripts(0);
  }

  /** So many, and what they take not yet added. */
  public static WritingEstimate ofScripts(int scripts) {
    return new WritingEstimate(scripts, 0, 0, 0, 0, 0, 0, true);
  }

  public WritingEstimate plus(WritingEstimate other) {
    return new WritingEstimate(
        scripts + other.scripts,
        calls + other.calls,
        worstCalls + other.worstCalls,
        tokens + other.tokens,
        worstTokens + other.worstTokens,
        microDollars + other.microDollars,
        worstMicroDollars + other.worstMicroDollars,
        priceKnown && other.priceKnown);
  }

  /** One call, made so many times: once for certain where {@code expected}, else at worst. */
  WritingEstimate with(Estimate call, boolean expected, int times) {
    long usual = expected ? 1 : 0;
    return new WritingEstimate(
        scripts,
        calls + (int) usual,
        worstCalls + times,
        tokens + usual * (call.inputTokens() + call.outputTokens()),
        worstTokens + times * (call.worstInputTokens() + call.worstOutputTokens()),
        microDollars + usual * call.microDollars(),
        worstMicroDollars + times * call.worstMicroDollars(),
        priceKnown && call.priceKnown());
  }
}
