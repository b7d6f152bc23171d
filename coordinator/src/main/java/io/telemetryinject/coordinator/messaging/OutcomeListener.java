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
  private final LowWaterMark lowWater;

  OutcomeListener(RunCoordinator coordinator, RecordReader reader) {
    this.coordinator = coordinator;
    this.reader = reader;
    this.lowWater = new LowWaterMark(coordinator.ledger());
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> records, @Nullable Acknowledgment acknowledgment) {
    List<OutcomeBatch> batches = reader.read(records, OutcomeBatch.class);
    batches.forEach(coordinator::accept);
    lowWater.add(requireNonNull(acknowledgment, "the container does not acknowledge"), batches);
  }
}
