package io.telemetryinject.llm;

/** Interrupted after the provider was asked, which may charge for it. */
final class InterruptedCallException extends InterruptedException {
  private static final long serialVersionUID = 1L;

  InterruptedCallException() {
    super("interrupted while a model was asked");
  }
}
