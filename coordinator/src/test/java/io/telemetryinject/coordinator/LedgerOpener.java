package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.split.PlannedFile;
import io.telemetryinject.model.RunId;
import java.util.List;

/** Opens ledgers for tests of other packages. */
public final class LedgerOpener {
  private LedgerOpener() {}

  public static RunLedger open(RunId run, List<PlannedFile> files) {
    RunLedger ledger = new RunLedger(run);
    files.forEach(ledger::expect);
    return ledger;
  }
}
