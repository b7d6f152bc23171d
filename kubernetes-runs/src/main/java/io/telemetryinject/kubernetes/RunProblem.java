package io.telemetryinject.kubernetes;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done, by this cluster or at all; said in words for a person. */
public final class RunProblem extends Exception {
  private static final long serialVersionUID = 1L;
  private final String advice;

  /**
   * @param what happened, and to which input
   * @param advice what to do now
   */
  public RunProblem(String what, String advice) {
    this(what, advice, null);
  }

  RunProblem(String what, String advice, @Nullable Throwable cause) {
    super(what, cause);
    this.advice = advice;
  }

  public String advice() {
    return advice;
  }
}
