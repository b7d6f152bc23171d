package io.telemetryinject.llm;

/** The ledger can be neither read nor written: nothing may be spent until it can. */
public final class SpendLedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SpendLedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
