package io.telemetryinject.model;

/** Whether a function's exceptions are reported ({@code func_error}) or left alone. */
public enum ExceptionPolicy {
  CAPTURE("capture"),
  IGNORE("ignore");

  private final String word;

  ExceptionPolicy(String word) {
    this.word = word;
  }

  /** As the command line and a script's {@code context} spell it. */
  public String word() {
    return word;
  }
}
