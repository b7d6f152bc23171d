package io.telemetryinject.llm;

import io.telemetryinject.model.RunId;
import java.util.Optional;

/** What runs have spent and may spend, in millionths of a US dollar; safe for many threads. */
public interface SpendLedger {
  /**
   * Sets the worst case of a call aside, or nothing when the run's or the day's limit does not
   * cover it.
   *
   * @throws SpendLedgerException when the ledger can be neither read nor written
   */
  Optional<Reservation> reserve(Account account, long worstMicroDollars);

  /** Replaces a reservation by what the call did cost. */
  void settle(Reservation reservation, long actualMicroDollars);

  /** What a run has spent, open reservations included. */
  long spent(RunId run);

  /** True when this ledger has a limit of its own, whatever that of a run. */
  boolean limited();
}
