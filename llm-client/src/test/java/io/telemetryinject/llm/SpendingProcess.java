package io.telemetryinject.llm;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Spends from a shared ledger until it is empty, and prints how much that was. */
final class SpendingProcess {
  static final long LIMIT = 400;

  private SpendingProcess() {}

  public static void main(String[] arguments) {
    System.out.println(spend(Path.of(arguments[0])));
  }

  static long spend(Path directory) {
    FileSpendLedger ledger = new FileSpendLedger(directory, Clock.systemUTC(), Long.MAX_VALUE);
    Account account = new Account(Fixture.RUN, LIMIT);
    long spent = 0;
    while (true) {
      Optional<Reservation> reservation = ledger.reserve(account, 1);
      if (reservation.isEmpty()) {
        return spent;
      }
      ledger.settle(reservation.get(), 1);
      spent++;
    }
  }
}
