package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.Effort;

/** How an order ended, and what it took. */
public record Generated(Generation generation, Effort effort) {
  public Generated {
    requireNonNull(generation, "generation is null");
    requireNonNull(effort, "effort is null");
  }
}
