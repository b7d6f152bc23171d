package io.telemetryinject.generator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What adopted scripts would have cost: as much as those that were paid for since this process
 * started, on average.
 */
final class CostAvoided {
  private final Counter avoided;
  private long paidMicroDollars;
  private long scripts;

  CostAvoided(MeterRegistry meters) {
    avoided = meters.counter("telemetry.inject.llm.cost.avoided.microdollars");
  }

  synchronized void paid(long microDollars) {
    paidMicroDollars += microDollars;
    scripts++;
  }

  synchronized void adopted() {
    avoided.increment(scripts == 0 ? 0 : (double) paidMicroDollars / scripts);
  }
}
