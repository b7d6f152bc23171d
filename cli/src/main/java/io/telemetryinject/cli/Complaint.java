package io.telemetryinject.cli;

/** An error for a person: what happened, to which input, and what to do now. */
final class Complaint extends Exception {
  private static final long serialVersionUID = 1L;
  private final String advice;
  private final int exitCode;

  /**
   * @param what happened, and to which input
   * @param advice what to do now
   */
  Complaint(int exitCode, String what, String advice) {
    this(exitCode, what, advice, null);
  }

  Complaint(
      int exitCode,
      String what,
      String advice,
      @org.jspecify.annotations.Nullable Throwable cause) {
    super(what, cause);
    this.exitCode = exitCode;
    this.advice = advice;
  }

  String advice() {
    return advice;
  }

  int exitCode() {
    return exitCode;
  }
}
