package io.telemetryinject.cli;

import io.telemetryinject.generator.author.WritingEstimate;
import java.io.PrintStream;
import java.util.Locale;

/** What a run would cost, for a person. */
final class EstimateSummary {
  private final PrintStream out;

  EstimateSummary(PrintStream out) {
    this.out = out;
  }

  void print(WritingEstimate estimate) {
    line("missing     %,d scripts", estimate.scripts());
    line("calls       %,d expected, %,d with every round", estimate.calls(), estimate.worstCalls());
    line(
        "tokens      %,d expected, %,d with every round",
        estimate.tokens(), estimate.worstTokens());
    if (estimate.priceKnown()) {
      line(
          "cost        $%.2f expected, $%.2f with every round",
          estimate.microDollars() / 1e6, estimate.worstMicroDollars() / 1e6);
    } else {
      line("cost        unknown: a model is in no price table; add it with --prices FILE");
    }
    if (estimate.worstCalls() > 0) {
      line("Calls that fail, and answers that are no code, are made again and cost more.");
    }
    if (estimate.scripts() > 0) {
      line("Expected is for right first answers; a script that serves more keys makes it less.");
    }
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
