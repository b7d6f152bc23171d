package io.telemetryinject.generator;

import io.telemetryinject.llm.FleetShare;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * A worker's part of the limits that all generators share: the part of {@code script-requests} that
 * is assigned to it. Partitions are taken from one worker before another gets them, so that the
 * parts never add up to more than the whole, and a worker that dies leaves its part to the others.
 */
final class PartitionShare implements FleetShare, ConsumerAwareRebalanceListener {
  private final Set<TopicPartition> assigned = new HashSet<>();
  private int partitions = 1;

  @Override
  public synchronized double share() {
    return Math.min(1.0, (double) assigned.size() / partitions);
  }

  @Override
  public synchronized void onPartitionsAssigned(
      Consumer<?, ?> consumer, Collection<TopicPartition> added) {
    assigned.addAll(added);
    for (TopicPartition partition : added) {
      partitions = Math.max(partitions, consumer.partitionsFor(partition.topic()).size());
    }
  }

  @Override
  public synchronized void onPartitionsRevokedAfterCommit(
      Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
    assigned.removeAll(revoked);
  }

  @Override
  public synchronized void onPartitionsLost(
      Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
    assigned.removeAll(lost);
  }
}
