package io.telemetryinject.language;

import io.telemetryinject.model.RejectReason;

/** A file, or a function's text, that its language pack cannot take apart. */
public final class SourceRejectedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final RejectReason reason;

  public SourceRejectedException(RejectReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }

  /** What was found, where; never source text. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
