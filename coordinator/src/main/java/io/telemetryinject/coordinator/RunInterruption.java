package io.telemetryinject.coordinator;

import java.io.IOException;

/** A run stopped before its end; what is done is safe, and the same command carries on. */
public final class RunInterruption extends Exception {
  private static final long serialVersionUID = 1L;
  private final int filesDone;
  private final int files;

  RunInterruption(IOException cause, int filesDone, int files) {
    super(cause.getMessage(), cause);
    this.filesDone = filesDone;
    this.files = files;
  }

  public int filesDone() {
    return filesDone;
  }

  public int files() {
    return files;
  }
}
