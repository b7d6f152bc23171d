package io.telemetryinject.generator;

import java.io.IOException;

/** Brings a validated script for an order into the cache. */
public interface ScriptGenerator {

  /**
   * @param version that the script is to have: one more than the newest that will not do
   * @throws IOException when the cache cannot be read or written
   */
  Generation generate(GenerationOrder order, int version) throws IOException;

  /**
   * Whether an order with a complaint may bring a script that differs from the one complained of; a
   * template's would not.
   */
  boolean learnsFromComplaints();
}
