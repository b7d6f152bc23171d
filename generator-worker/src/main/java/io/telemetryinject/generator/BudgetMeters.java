package io.telemetryinject.generator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.llm.FileSpendLedger;
import io.telemetryinject.llm.SpendLedgerException;

/** Shows what the whole fleet may spend today, and has spent. */
final class BudgetMeters {
  private BudgetMeters() {}

  /**
   * @param dailyMicroDollars {@link Long#MAX_VALUE} for no limit, which shows none
   */
  static void show(MeterRegistry registry, FileSpendLedger ledger, long dailyMicroDollars) {
    Gauge.builder("telemetry.inject.llm.daily.spent", () -> spent(ledger))
        .description("What all generators have spent on this day (UTC), calls under way included")
        .baseUnit("usd")
        .register(registry);
    if (dailyMicroDollars != Long.MAX_VALUE) {
      Gauge.builder("telemetry.inject.llm.daily.budget", () -> dailyMicroDollars / 1e6)
          .description("What all generators may spend on a day (UTC)")
          .baseUnit("usd")
          .register(registry);
    }
  }

  private static double spent(FileSpendLedger ledger) {
    try {
      return ledger.spentToday() / 1e6;
    } catch (SpendLedgerException e) {
      return Double.NaN;
    }
  }
}
