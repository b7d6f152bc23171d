package io.telemetryinject.generator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts new scripts by where they came from, and what adopted ones would have cost: as much as
 * those that were paid for since this process started, on average.
 */
final class ScriptMeters {
  private final Counter byModel;
  private final Counter byTemplate;
  private final Counter adopted;
  private final Counter avoided;
  private long paidMicroDollars;
  private long paid;

  ScriptMeters(MeterRegistry registry) {
    byModel = scripts(registry, "model");
    byTemplate = scripts(registry, "template");
    adopted = scripts(registry, "adopted");
    avoided =
        Counter.builder("telemetry.inject.cost.avoided")
            .description("What models would have cost for scripts that were adopted instead")
            .baseUnit("usd")
            .tag("by", "adoption")
            .register(registry);
  }

  private static Counter scripts(MeterRegistry registry, String origin) {
    return Counter.builder("telemetry.inject.scripts")
        .description("Scripts that passed validation, by where they came from")
        .tag("origin", origin)
        .register(registry);
  }

  /**
   * @param microDollars what was paid until it stood, authors that failed before included
   */
  synchronized void written(boolean model, long microDollars) {
    (model ? byModel : byTemplate).increment();
    paidMicroDollars += microDollars;
    paid++;
  }

  synchronized void adopted() {
    adopted.increment();
    avoided.increment(paid == 0 ? 0 : paidMicroDollars / 1e6 / paid);
  }
}
