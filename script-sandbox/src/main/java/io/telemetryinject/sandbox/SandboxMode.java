package io.telemetryinject.sandbox;

/** How firmly scripts are locked in. */
public enum SandboxMode {
  /** Locked up by the kernel, or not run at all. */
  STRICT("strict"),
  /** Separate processes with limits and deadlines, but with the files and network of this user. */
  NONE("none");

  private final String word;

  SandboxMode(String word) {
    this.word = word;
  }

  /** As the command line spells it. */
  public String word() {
    return word;
  }
}
