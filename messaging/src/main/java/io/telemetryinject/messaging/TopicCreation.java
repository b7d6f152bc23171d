package io.telemetryinject.messaging;

import io.telemetryinject.model.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics before any listener polls, and waits until each partition answers.
 *
 * <p>A broker takes records for a partition before it leads it, and may then lose the first of them
 * (KAFKA-15591); a partition that tells its offsets is led.
 */
final class TopicCreation implements SmartInitializingSingleton {
  private final KafkaAdmin admin;
  private final TopicNames topics;

  TopicCreation(KafkaAdmin admin, TopicNames topics) {
    this.admin = admin;
    this.topics = topics;
  }

  @Override
  public void afterSingletonsInstantiated() {
    try (Admin client = Admin.create(admin.getConfigurationProperties())) {
      admin.initialize();
      awaitLeaders(client);
    } catch (ExecutionException | IllegalStateException | KafkaException e) {
      Object servers = admin.getConfigurationProperties().get("bootstrap.servers");
      throw new BrokerUnavailableException("the broker " + servers + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailableException("interrupted while topics were created", e);
    }
  }

  private void awaitLeaders(Admin client) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic : client.describeTopics(names()).allTopicNames().get().values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        partitions.put(
            new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    client.listOffsets(partitions).all().get();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      names.add(topic.name(topics.prefix()));
      names.add(topic.deadLetterName(topics.prefix()));
    }
    return names;
  }
}
