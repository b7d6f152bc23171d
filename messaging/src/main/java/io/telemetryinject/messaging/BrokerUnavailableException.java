package io.telemetryinject.messaging;

/** The broker does not answer, or does not serve the topics; nothing was sent. */
public final class BrokerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
