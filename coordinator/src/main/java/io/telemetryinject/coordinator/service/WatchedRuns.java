package io.telemetryinject.coordinator.service;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.messaging.TopicNames;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RecordFormatException;
import io.telemetryinject.model.RunStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** What all coordinators tell of their runs on {@code runs}, those of jobs among them. */
public final class WatchedRuns implements SmartLifecycle {
  private static final Logger LOGGER = LoggerFactory.getLogger(WatchedRuns.class);
  private static final int MAX_RUNS = 1_000;

  private final RecordCodec codec;
  private final ConcurrentMessageListenerContainer<String, byte[]> container;
  private final Map<String, RunStatus> runs = new ConcurrentHashMap<>();

  /** Reads the topic from its beginning at every start: nothing is ever acknowledged. */
  public WatchedRuns(
      TopicNames topics,
      RecordCodec codec,
      ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners) {
    this.codec = requireNonNull(codec, "codec is null");
    this.container = pollListeners.createContainer(topics.runs());
    container.getContainerProperties().setGroupId("telemetry-inject-page-" + UUID.randomUUID());
    container.getContainerProperties().setMessageListener(listener());
  }

  private BatchAcknowledgingMessageListener<String, byte[]> listener() {
    return (records, acknowledgment) -> records.forEach(word -> hear(word.value()));
  }

  /** What is no status is passed over: nobody could do anything about it. */
  private void hear(byte @Nullable [] word) {
    try {
      hear(codec.decode(word, RunStatus.class));
    } catch (RecordFormatException e) {
      LOGGER.atDebug().setCause(e).log("a record on the topic of runs is no status");
    }
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
