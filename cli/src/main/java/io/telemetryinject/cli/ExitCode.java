package io.telemetryinject.cli;

import io.telemetryinject.coordinator.order.Ending;

/** What the command's exit codes mean. */
final class ExitCode {
  /** All functions Applied, Unchanged or Skipped. */
  static final int CLEAN = Ending.CLEAN;

  /** Some Rejected or Failed; files were written all the same. */
  static final int PROBLEMS = Ending.PROBLEMS;

  /** Usage or input error; nothing was written. */
  static final int USAGE = Ending.REFUSED;

  /** Stopped by budget or interruption; the same command resumes. */
  static final int INTERRUPTED = Ending.INTERRUPTED;

  private ExitCode() {}
}
