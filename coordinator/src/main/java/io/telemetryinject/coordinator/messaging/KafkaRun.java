package io.telemetryinject.coordinator.messaging;

import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.TaskPublisher;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.messaging.TopicNames;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/** Runs a coordinator over Kafka: its tasks go to the workers' topics, wherever the workers are. */
public final class KafkaRun {
  private static final long ASSIGNMENT_SECONDS = 60;

  /** A coordinator that was killed holds up the one that comes after it for so long. */
  private static final String SESSION_MILLIS = "10000";

  private final TopicNames topics;
  private final RecordReader reader;
  private final RecordPublisher publisher;
  private final ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners;

  public KafkaRun(
      TopicNames topics,
      RecordReader reader,
      RecordPublisher publisher,
      ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners) {
    this.topics = topics;
    this.reader = reader;
    this.publisher = publisher;
    this.pollListeners = pollListeners;
  }

  /**
   * Runs to the end. Outcomes are read by a consumer group of the run's own, from where an earlier
   * try of the same run left off, or from now on.
   *
   * @param purpose tells this run from others over the same input that may be under way at the same
   *     time: each has to see every outcome
   */
  public RunReport run(RunCoordinator coordinator, String purpose)
      throws RunInterruption, InterruptedException, IOException {
    String run = coordinator.ledger().run().shortForm();
    String group =
        "telemetry-inject-coordinator-" + run + "-" + Sha256.of(purpose).substring(0, 12);
    CountDownLatch positioned = new CountDownLatch(1);
    ConcurrentMessageListenerContainer<String, byte[]> container =
        pollListeners.createContainer(topics.outcomes());
    container.getContainerProperties().setGroupId(group);
    container.getContainerProperties().setMessageListener(new OutcomeListener(coordinator, reader));
    Properties consumer = new Properties();
    consumer.setProperty(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    container.getContainerProperties().setKafkaConsumerProperties(consumer);
    container.getContainerProperties().setConsumerRebalanceListener(new FromNowOn(positioned));
    container.start();
    try {
      if (!positioned.await(ASSIGNMENT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the broker gave no partitions of " + topics.outcomes());
      }
      return coordinator.run(new Sender());
    } finally {
      container.stop();
    }
  }

  /** Sends go out without waiting; one that failed is noticed at the next look. */
  private final class Sender implements TaskPublisher {
    private volatile @Nullable Throwable undelivered;

    @Override
    public void publish(FunctionTaskBatch batch) throws IOException {
      check();
      CompletableFuture<?> send = publisher.publish(batch);
      send.whenComplete((sent, problem) -> undelivered = problem == null ? undelivered : problem);
    }

    @Override
    public void check() throws IOException {
      Throwable problem = undelivered;
      if (problem != null) {
        throw new IOException("cannot send tasks to the broker: " + problem.getMessage(), problem);
      }
    }
  }

  /**
   * A new group starts at the end, and that is committed before the first task goes out. Partitions
   * that appear later have outcomes of this run in them from their beginning on, as the consumer's
   * own {@code auto.offset.reset} has it.
   */
  private record FromNowOn(CountDownLatch positioned) implements ConsumerAwareRebalanceListener {
    @Override
    public void onPartitionsAssigned(
        Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
      if (positioned.getCount() == 0) {
        return;
      }
      boolean newGroup =
          consumer.committed(Set.copyOf(partitions)).values().stream().allMatch(Objects::isNull);
      if (newGroup) {
        consumer.seekToEnd(partitions);
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        partitions.forEach(p -> ends.put(p, new OffsetAndMetadata(consumer.position(p))));
        consumer.commitSync(ends);
      }
      positioned.countDown();
    }
  }
}
