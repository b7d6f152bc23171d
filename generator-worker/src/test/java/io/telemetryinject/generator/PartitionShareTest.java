package io.telemetryinject.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionShareTest {
  private static final String TOPIC = "script-requests";

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final PartitionShare share = new PartitionShare();

  @BeforeEach
  void makeTopic() {
    grow(12);
  }

  private void grow(int partitions) {
    consumer.updatePartitions(
        TOPIC,
        IntStream.range(0, partitions)
            .mapToObj(p -> new PartitionInfo(TOPIC, p, Node.noNode(), new Node[0], new Node[0]))
            .toList());
  }

  private static List<TopicPartition> partitions(int from, int to) {
    return IntStream.range(from, to).mapToObj(p -> new TopicPartition(TOPIC, p)).toList();
  }

  @Test
  void isNothingUntilPartitionsAreAssigned() {
    assertThat(share.share()).isZero();
  }

  @Test
  void isThePartOfTheTopicThatIsAssigned() {
    share.onPartitionsAssigned(consumer, partitions(0, 12));
    assertThat(share.share()).isEqualTo(1);

    share.onPartitionsRevokedAfterCommit(consumer, partitions(3, 12));
    assertThat(share.share()).isEqualTo(0.25, within(1e-9));

    share.onPartitionsLost(consumer, partitions(0, 3));
    assertThat(share.share()).isZero();
  }

  @Test
  void fallsWhenTheTopicGrowsAndOthersGetThePartitions() {
    share.onPartitionsAssigned(consumer, partitions(0, 12));
    grow(24);
    share.onPartitionsAssigned(consumer, partitions(12, 12));
    share.onPartitionsAssigned(consumer, partitions(12, 13));

    assertThat(share.share()).isEqualTo(13.0 / 24, within(1e-9));
  }
}
