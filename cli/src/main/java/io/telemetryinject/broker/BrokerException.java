package io.telemetryinject.broker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The broker cannot run: what happened, in which directory, and what to do now. */
public final class BrokerException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokerException(String what, String advice, @Nullable Throwable cause) {
    super(what + "\n  " + advice, cause);
  }
}
