package io.telemetryinject.model;

import static java.util.Objects.requireNonNull;

/** The topics of the pipeline; each has a dead-letter topic beside it. */
public enum Topic {
  FUNCTION_TASKS("function-tasks"),
  SCRIPT_REQUESTS("script-requests"),
  EXECUTIONS("executions"),
  OUTCOMES("outcomes");

  /** What topic names start with unless configured otherwise. */
  public static final String DEFAULT_PREFIX = "telemetry-inject.";

  private final String suffix;

  Topic(String suffix) {
    this.suffix = suffix;
  }

  /** The topic's full name under a prefix. */
  public String name(String prefix) {
    return requireNonNull(prefix, "prefix is null") + suffix;
  }

  /** Where records of this topic go that cannot be handled. */
  public String deadLetterName(String prefix) {
    return name(prefix) + ".dlt";
  }
}
