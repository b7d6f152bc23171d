package io.telemetryinject.cli;

/** What the command's exit codes mean. */
final class ExitCode {
  /** All functions Applied, Unchanged or Skipped. */
  static final int CLEAN = 0;

  /** Some Rejected or Failed; files were written all the same. */
  static final int PROBLEMS = 1;

  /** Usage or input error; nothing was written. */
  static final int USAGE = 2;

  /** Stopped by budget or interruption; the same command resumes. */
  static final int INTERRUPTED = 3;

  private ExitCode() {}
}
