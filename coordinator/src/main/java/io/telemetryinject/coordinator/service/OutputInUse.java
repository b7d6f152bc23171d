package io.telemetryinject.coordinator.service;

/** An order that collides with a run that is under way, or has its name. */
public final class OutputInUse extends Exception {
  private static final long serialVersionUID = 1L;
  private final String run;

  OutputInUse(String message, String run) {
    super(message);
    this.run = run;
  }

  /** Name of the run that it collides with. */
  public String run() {
    return run;
  }
}
