package io.telemetryinject.kubernetes;

/** How far a run is. */
public enum RunPhase {
  WAITING("Waiting", false, RunExit.INTERRUPTED),
  RUNNING("Running", false, RunExit.INTERRUPTED),
  SUCCEEDED("Succeeded", true, RunExit.CLEAN),
  /** Done, and some functions were rejected or failed. */
  COMPLETED_WITH_PROBLEMS("CompletedWithProblems", true, RunExit.PROBLEMS),
  FAILED("Failed", true, RunExit.INTERRUPTED),
  /** Somebody ends it; its Job goes when its pod has gone. */
  CANCELLED("Cancelled", true, RunExit.INTERRUPTED);

  private final String word;
  private final boolean over;
  private final int exitCode;

  RunPhase(String word, boolean over, int exitCode) {
    this.word = word;
    this.over = over;
    this.exitCode = exitCode;
  }

  /** As people read it. */
  public String word() {
    return word;
  }

  /** Whether nothing of the run will happen any more. */
  public boolean over() {
    return over;
  }

  /** What a command ends with that waited for the run, unless the run itself said otherwise. */
  int exitCode() {
    return exitCode;
  }
}
