package io.telemetryinject.sandbox;

/** There is no sandbox to run scripts in; the message says what is wrong, where, and what to do. */
public final class SandboxUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SandboxUnavailableException(String what, String where, String remedy) {
    super(what + "\n  " + where + "\n  " + remedy);
  }
}
