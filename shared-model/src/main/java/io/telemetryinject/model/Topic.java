package io.telemetryinject.model;

import static java.util.Objects.requireNonNull;

/** The topics of the pipeline; each that carries work has a dead-letter topic beside it. */
public enum Topic {
  FUNCTION_TASKS("function-tasks"),
  SCRIPT_REQUESTS("script-requests"),
  EXECUTIONS("executions"),
  OUTCOMES("outcomes"),
  /** How runs go: of each run, by its name, the last word counts. */
  RUNS("runs");

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

  /**
   * Whether only the last record of a key is kept, in place of every record for a while. It carries
   * no work: what cannot be read on it is passed over.
   */
  public boolean keepsLastOnly() {
    return this == RUNS;
  }

  /** Where records of this topic go that cannot be handled. */
  public String deadLetterName(String prefix) {
    return name(prefix) + ".dlt";
  }
}
