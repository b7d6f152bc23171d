package io.telemetryinject.llm;

import java.util.Optional;

/** Turns tokens into money for one model; without a known price all money is 0. */
record Costs(Optional<Price> price) {
  Usage of(Tokens tokens) {
    long cost = price.map(known -> known.of(tokens)).orElse(0L);
    return new Usage(1, tokens.input(), tokens.output(), cost);
  }

  /** For a call that may have been answered in full, nobody knows. */
  Usage worst(Prompt prompt) {
    return new Usage(
        1, Tokens.worstInput(prompt), prompt.maxOutputTokens(), worstMicroDollars(prompt));
  }

  /** For a call that providers do not charge. */
  Usage uncharged() {
    return new Usage(1, 0, 0, 0);
  }

  long worstMicroDollars(Prompt prompt) {
    return price
        .map(known -> known.worst(Tokens.worstInput(prompt), prompt.maxOutputTokens()))
        .orElse(0L);
  }

  Estimate estimate(Prompt prompt) {
    long input = Tokens.expectedInput(prompt);
    long output = (prompt.maxOutputTokens() + 1L) / 2;
    return new Estimate(
        input,
        output,
        Tokens.worstInput(prompt),
        prompt.maxOutputTokens(),
        price.map(known -> known.of(new Tokens(input, 0, 0, output))).orElse(0L),
        worstMicroDollars(prompt),
        price.isPresent());
  }
}
