package io.telemetryinject.coordinator.messaging;

import io.telemetryinject.coordinator.RunLedger;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.OutcomeBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Polls whose files are not all complete yet, oldest first: an offset may move only past files that
 * are, or a restart would miss outcomes. Used by one consumer thread.
 */
final class LowWaterMark {
  private final RunLedger ledger;
  private final Deque<Poll> polls = new ArrayDeque<>();

  private record Poll(Acknowledgment acknowledgment, Set<FileRef> files) {}

  LowWaterMark(RunLedger ledger) {
    this.ledger = ledger;
  }

  void add(Acknowledgment acknowledgment, List<OutcomeBatch> batches) {
    Set<FileRef> files = new HashSet<>();
    batches.forEach(batch -> files.add(batch.file()));
    polls.add(new Poll(acknowledgment, files));
    rise();
  }

  private void rise() {
    while (!polls.isEmpty() && polls.peek().files().stream().noneMatch(ledger::isOpen)) {
      polls.remove().acknowledgment().acknowledge();
    }
  }
}
