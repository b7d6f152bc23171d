package io.telemetryinject.model;

/** A programming language whose functions can be instrumented. */
public enum Language {
  PYTHON("python");

  private final String id;

  Language(String id) {
    this.id = id;
  }

  /** Lower-case name, as directories of the script cache and people use it. */
  public String id() {
    return id;
  }
}
