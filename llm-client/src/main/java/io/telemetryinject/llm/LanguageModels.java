package io.telemetryinject.llm;

import io.micrometer.core.instrument.MeterRegistry;

/** Opens language models. */
public final class LanguageModels {
  private LanguageModels() {}

  /**
   * A model ready to be asked; no call is made yet.
   *
   * @throws ModelSettingsException when a key is missing, or an address or price file is of no use
   */
  public static LanguageModel open(
      ModelSettings settings, SpendLedger ledger, FleetShare share, MeterRegistry meters) {
    throw new UnsupportedOperationException("not there yet");
  }
}
