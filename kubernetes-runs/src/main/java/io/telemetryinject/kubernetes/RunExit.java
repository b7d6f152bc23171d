package io.telemetryinject.kubernetes;

/** What the coordinator's exit codes mean; the command line has the same. */
final class RunExit {
  static final int CLEAN = 0;

  /** Some functions Rejected or Failed; the result was written all the same. */
  static final int PROBLEMS = 1;

  /** Usage or input error; the same order would end the same. */
  static final int USAGE = 2;

  /** Stopped by budget or interruption; a next attempt goes on. */
  static final int INTERRUPTED = 3;

  private RunExit() {}
}
