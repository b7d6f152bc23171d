package io.telemetryinject.sandbox;

/** What a child left behind is not a list of answers: it was overwritten, or forged. */
final class DamagedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedAnswerException(String message) {
    super(message);
  }
}
