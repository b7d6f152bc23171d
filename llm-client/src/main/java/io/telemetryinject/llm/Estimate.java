package io.telemetryinject.llm;

/**
 * What a prompt will take, without asking.
 *
 * @param inputTokens expected, from the prompt's size
 * @param outputTokens expected: half of the prompt's limit
 * @param worstInputTokens never fewer than a provider counts
 * @param worstOutputTokens the prompt's limit
 * @param microDollars expected cost without a prompt cache, in millionths of a US dollar
 * @param worstMicroDollars what is reserved before the call
 * @param priceKnown false when both costs are 0 for lack of a price
 */
public record Estimate(
    long inputTokens,
    long outputTokens,
    long worstInputTokens,
    long worstOutputTokens,
    long microDollars,
    long worstMicroDollars,
    boolean priceKnown) {}
