package io.telemetryinject.llm;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a model takes for a million tokens, in millionths of a US dollar. */
record Price(long input, long output, long cached, long written) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  static final Price FREE = new Price(0, 0, 0, 0);

  /** From US dollars: input, output, and when they differ from input, cached and cache-written. */
  static Price parse(String line) {
    String[] words = line.trim().split("[\\s,]+", -1);
    if (words.length < 2 || words.length > 4) {
      throw new IllegalArgumentException("two to four numbers are needed");
    }
    long input = microDollars(words[0]);
    return new Price(
        input,
        microDollars(words[1]),
        words.length > 2 ? microDollars(words[2]) : input,
        words.length > 3 ? microDollars(words[3]) : input);
  }

  /** Rounded up to a whole millionth of a dollar. */
  long of(Tokens tokens) {
    long plain = Math.max(0, tokens.input() - tokens.cached() - tokens.written());
    return upwards(
        BigDecimal.valueOf(plain)
            .multiply(BigDecimal.valueOf(input))
            .add(BigDecimal.valueOf(tokens.cached()).multiply(BigDecimal.valueOf(cached)))
            .add(BigDecimal.valueOf(tokens.written()).multiply(BigDecimal.valueOf(written)))
            .add(BigDecimal.valueOf(tokens.output()).multiply(BigDecimal.valueOf(output))));
  }

  /** Whatever part of the input the provider's cache takes or gives. */
  long worst(long inputTokens, long outputTokens) {
    boolean writing = written > input;
    return of(new Tokens(inputTokens, 0, writing ? inputTokens : 0, outputTokens));
  }

  private static long upwards(BigDecimal millionths) {
    return millionths.divide(MILLION, RoundingMode.CEILING).longValueExact();
  }

  private static long microDollars(String dollars) {
    BigDecimal amount = new BigDecimal(dollars);
    if (amount.signum() < 0) {
      throw new IllegalArgumentException("a price is not negative");
    }
    return upwards(amount.multiply(MILLION).multiply(MILLION));
  }
}
