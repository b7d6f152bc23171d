package io.telemetryinject.generator;

import io.telemetryinject.generator.author.GenerationOrder;
import java.io.IOException;

/** Brings a validated script for an order into the cache. */
public interface ScriptGenerator {

  /**
   * Finds, or has written, a script and stores it.
   *
   * @throws IOException when the cache cannot be read or written
   */
  Generated generate(GenerationOrder order) throws IOException, InterruptedException;

  /**
   * Whether an order with an unfit script may bring one that differs from it; a template's would
   * not.
   */
  boolean learnsFromComplaints();
}
