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
import org.apache.kafka.common.TopicPartition;
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
    admin.initialize();
    try (Admin client = Admin.create(admin.getConfigurationProperties())) {
      Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
      for (TopicDescription topic : client.describeTopics(names()).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                p ->
                    partitions.put(
                        new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
      }
      client.listOffsets(partitions).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not serve the topics: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
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
