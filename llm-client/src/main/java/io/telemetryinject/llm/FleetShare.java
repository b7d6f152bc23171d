package io.telemetryinject.llm;

/** This process's part of limits that all processes of a fleet share; changes at run time. */
@FunctionalInterface
public interface FleetShare {
  /** From 0 (pause) to 1 (alone); all processes' together are at most 1. */
  double share();

  static FleetShare alone() {
    return () -> 1.0;
  }
}
