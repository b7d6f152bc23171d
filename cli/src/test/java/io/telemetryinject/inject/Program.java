package io.telemetryinject.inject;

import java.util.List;
import java.util.Map;

/**
 * How a program among the test resources is started.
 *
 * @param folder below the tree's root, and where it is started
 * @param arguments behind the interpreter
 * @param environment besides the test's own
 * @param open functions that are still being called when it ends, sorted
 */
record Program(
    String folder, List<String> arguments, Map<String, String> environment, List<String> open) {

  static Program of(String folder, String... arguments) {
    return new Program(folder, List.of(arguments), Map.of(), List.of());
  }

  static Program main(String folder) {
    return of(folder, "main.py");
  }

  Program with(String variable, String value) {
    return new Program(folder, arguments, Map.of(variable, value), open);
  }

  Program leavingOpen(String... functions) {
    return new Program(folder, arguments, environment, List.of(functions));
  }

  /** As a person would type it, for the test's display name. */
  @Override
  public String toString() {
    return folder + ": python " + String.join(" ", arguments);
  }
}
