package io.telemetryinject.messaging;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Asks the broker how many records groups have yet to read. */
record LagQuery(Admin admin) {

  Map<Consumption, Long> lags(Collection<Consumption> consumptions)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions =
        partitions(consumptions.stream().map(Consumption::topic).distinct().toList());
    Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
    Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
    Map<String, ListConsumerGroupOffsetsSpec> groups = new HashMap<>();
    consumptions.forEach(c -> groups.put(c.group(), new ListConsumerGroupOffsetsSpec()));
    var committed = admin.listConsumerGroupOffsets(groups).all().get();
    Map<Consumption, Long> lags = new HashMap<>();
    for (Consumption consumption : consumptions) {
      Map<TopicPartition, OffsetAndMetadata> positions =
          committed.getOrDefault(consumption.group(), Map.of());
      long lag = 0;
      for (TopicPartition partition : partitions) {
        if (partition.topic().equals(consumption.topic())) {
          OffsetAndMetadata position = positions.get(partition);
          // A group without a position begins where the topic does.
          long from = position == null ? starts.getOrDefault(partition, 0L) : position.offset();
          lag += Math.max(0, ends.getOrDefault(partition, 0L) - from);
        }
      }
      lags.put(consumption, lag);
    }
    return lags;
  }

  private List<TopicPartition> partitions(List<String> topics)
      throws ExecutionException, InterruptedException {
    return admin.describeTopics(topics).allTopicNames().get().values().stream()
        .flatMap(topic -> topic.partitions().stream().map(p -> partition(topic, p)))
        .toList();
  }

  private static TopicPartition partition(TopicDescription topic, TopicPartitionInfo partition) {
    return new TopicPartition(topic.name(), partition.partition());
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
        admin.listOffsets(wanted).all().get().entrySet()) {
      offsets.put(found.getKey(), found.getValue().offset());
    }
    return offsets;
  }
}
