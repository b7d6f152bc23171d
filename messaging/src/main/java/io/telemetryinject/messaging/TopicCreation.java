package io.telemetryinject.messaging;

import io.telemetryinject.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Creates the topics before any listener polls, and waits until each partition answers.
 *
 * <p>Topics that exist stay as they are, whatever the settings of this program say: if every
 * program that starts made them over, partitions would appear under the others' running consumers.
 *
 * <p>A broker takes records for a partition before it leads it, and may then lose the first of them
 * (KAFKA-15591); a partition that tells its offsets is led.
 */
final class TopicCreation implements SmartInitializingSingleton {
  private static final int TIMEOUT_MILLIS = 120_000;
  private static final int LOOK_MILLIS = 100;

  /** What nobody has said anything of for a month is forgotten; segments are small, to compact. */
  private static final Map<String, String> LAST_ONLY =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          Long.toString(Duration.ofDays(30).toMillis()),
          TopicConfig.SEGMENT_MS_CONFIG,
          Long.toString(Duration.ofMinutes(10).toMillis()),
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(16 << 20));

  private final Map<String, Object> config;
  private final MessagingSettings settings;

  TopicCreation(Map<String, Object> adminConfig, MessagingSettings settings) {
    this.config = new HashMap<>(adminConfig);
    this.config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    try (Admin admin = Admin.create(config)) {
      List<NewTopic> topics = topics();
      for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
        awaitCreated(created);
      }
      awaitLeaders(admin, topics.stream().map(NewTopic::name).toList());
    } catch (ExecutionException | KafkaException e) {
      Object servers = config.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
      throw new BrokerUnavailableException("the broker " + servers + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailableException("interrupted while topics were created", e);
    }
  }

  private static void awaitCreated(KafkaFuture<Void> created)
      throws ExecutionException, InterruptedException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** A broker may have created a topic and for a moment not know it yet. */
  private static void awaitLeaders(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (true) {
      try {
        lookAtLeaders(admin, names);
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  private static void lookAtLeaders(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        partitions.put(
            new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    admin.listOffsets(partitions).all().get();
  }

  private List<NewTopic> topics() {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      String name = topic.name(settings.topicPrefix());
      if (topic.keepsLastOnly()) {
        topics.add(newTopic(name, 1, LAST_ONLY));
      } else {
        String deadLetters = topic.deadLetterName(settings.topicPrefix());
        topics.add(newTopic(name, settings.partitions(), retained(settings.retention())));
        topics.add(
            newTopic(deadLetters, settings.partitions(), retained(settings.deadLetterRetention())));
      }
    }
    return topics;
  }

  private static Map<String, String> retained(@Nullable Duration time) {
    return time == null
        ? Map.of()
        : Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis()));
  }

  private NewTopic newTopic(String name, int partitions, Map<String, String> more) {
    Map<String, String> configs = new HashMap<>(more);
    String bytes = Integer.toString(MessagingConfiguration.MAX_REQUEST_BYTES);
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes);
    return new NewTopic(name, Optional.of(partitions), Optional.of(settings.replicas()))
        .configs(configs);
  }
}
