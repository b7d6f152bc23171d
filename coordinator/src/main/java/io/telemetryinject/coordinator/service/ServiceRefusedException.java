package io.telemetryinject.coordinator.service;

/** The service cannot start as it is set up: what is wrong, and in a second line what to do. */
public final class ServiceRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServiceRefusedException(String what, String advice) {
    super(what + "\n" + advice);
  }
}
