package io.telemetryinject.coordinator;

/** The input, or what the user asked for, does not allow a run; nothing was written. */
public final class InputProblem extends Exception {
  private static final long serialVersionUID = 1L;
  private final String advice;

  /**
   * @param what happened, and to which input
   * @param advice what to do now
   */
  public InputProblem(String what, String advice) {
    super(what);
    this.advice = advice;
  }

  public String advice() {
    return advice;
  }
}
