package io.telemetryinject.coordinator.service;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.messaging.TopicNames;
import io.telemetryinject.model.RunStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** What all coordinators tell of their runs on {@code runs}, those of jobs among them. */
public final class WatchedRuns implements SmartLifecycle {
  private static final int MAX_RUNS = 1_000;

  private final RecordReader reader;
  private final ConcurrentMessageListenerContainer<String, byte[]> container;
  private final Map<String, RunStatus> runs = new ConcurrentHashMap<>();

  /** Reads the topic from its beginning at every start: nothing is ever acknowledged. */
  public WatchedRuns(
      TopicNames topics,
      RecordReader reader,
      ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners) {
    this.reader = requireNonNull(reader, "reader is null");
    this.container = pollListeners.createContainer(topics.runs());
    container.getContainerProperties().setGroupId("telemetry-inject-page-" + UUID.randomUUID());
    container.getContainerProperties().setMessageListener(listener());
  }

  private BatchAcknowledgingMessageListener<String, byte[]> listener() {
    return (records, acknowledgment) -> {
      List<ConsumerRecord<String, byte[]>> words =
          records.stream().filter(word -> word.value() != null).toList();
      reader.read(words, RunStatus.class).forEach(this::hear);
    };
  }

  private void hear(RunStatus status) {
    if (runs.size() < MAX_RUNS || runs.containsKey(status.name())) {
      runs.put(status.name(), status);
    }
  }

  public Collection<RunStatus> all() {
    return runs.values();
  }

  public Optional<RunStatus> status(String name) {
    return Optional.ofNullable(runs.get(name));
  }

  @Override
  public void start() {
    container.start();
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }
}
