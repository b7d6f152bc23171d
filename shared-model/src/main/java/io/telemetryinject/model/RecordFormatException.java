package io.telemetryinject.model;

/** A record that cannot be understood; trying again does not help. */
public final class RecordFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  public RecordFormatException(String message) {
    super(message);
  }
}
