package io.telemetryinject.coordinator.manifest;

import io.telemetryinject.model.Outcome;

/**
 * What became of one function, as reports show it.
 *
 * @param qualifiedName or {@code <file>} for a whole file that was refused
 * @param line of its header, 1-based; 0 for a whole file
 */
public record FunctionRecord(String qualifiedName, int line, Outcome outcome) {
  /** Stands for a whole file in place of a function's name. */
  public static final String WHOLE_FILE = "<file>";
}
