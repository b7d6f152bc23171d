package io.telemetryinject.coordinator.messaging;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.model.OutcomeBatch;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/** outcomes in, for one run; what belongs to others is passed over. */
final class OutcomeListener implements BatchAcknowledgingMessageListener<String, byte[]> {
  private final RunCoordinator coordinator;
  private final RecordReader reader;
  private final FairWindow window;
  private final LowWaterMark lowWater;

  OutcomeListener(RunCoordinator coordinator, RecordReader reader, FairWindow window) {
    this.coordinator = coordinator;
    this.reader = reader;
    this.window = window;
    this.lowWater = new LowWaterMark(coordinator.ledger());
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> records, @Nullable Acknowledgment acknowledgment) {
    List<OutcomeBatch> batches = reader.read(records, OutcomeBatch.class);
    for (OutcomeBatch batch : batches) {
      if (coordinator.accept(batch) > 0) {
        window.decided(batch.file());
      }
    }
    lowWater.add(requireNonNull(acknowledgment, "the container does not acknowledge"), batches);
  }
}
