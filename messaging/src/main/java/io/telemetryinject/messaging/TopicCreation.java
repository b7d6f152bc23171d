package io.telemetryinject.messaging;

import io.telemetryinject.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
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

  private static void awaitLeaders(Admin admin, List<String> names)
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
      topics.add(newTopic(topic.name(settings.topicPrefix()), settings.retention()));
      topics.add(
          newTopic(topic.deadLetterName(settings.topicPrefix()), settings.deadLetterRetention()));
    }
    return topics;
  }

  private NewTopic newTopic(String name, @Nullable Duration retention) {
    NewTopic topic =
        new NewTopic(name, Optional.of(settings.partitions()), Optional.of(settings.replicas()));
    Map<String, String> configs = new HashMap<>();
    configs.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(MessagingConfiguration.MAX_REQUEST_BYTES));
    if (retention != null) {
      configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    }
    return topic.configs(configs);
  }
}
