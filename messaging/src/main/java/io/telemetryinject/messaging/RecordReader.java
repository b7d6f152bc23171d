package io.telemetryinject.messaging;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RecordFormatException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes a poll's records; what is no record goes to the dead letters on the first try. */
public final class RecordReader {
  private final RecordCodec codec;
  private final DeadLetters deadLetters;

  public RecordReader(RecordCodec codec, DeadLetters deadLetters) {
    this.codec = requireNonNull(codec, "codec is null");
    this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
  }

  /** The records that can be understood, in order. */
  public <T> List<T> read(List<ConsumerRecord<String, byte[]>> records, Class<T> type) {
    List<T> bodies = new ArrayList<>(records.size());
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        bodies.add(codec.decode(record.value(), type));
      } catch (RecordFormatException e) {
        deadLetters.put(record, String.valueOf(e.getMessage()));
      }
    }
    return bodies;
  }
}
