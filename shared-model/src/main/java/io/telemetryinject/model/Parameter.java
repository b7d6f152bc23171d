package io.telemetryinject.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A parameter: bare name (no stars), and its type annotation as written, if it has one. */
public record Parameter(String name, @Nullable String type) {
  public Parameter {
    requireNonNull(name, "name is missing");
  }
}
