package io.telemetryinject.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer, a consumer and an admin client of one broker. */
final class TestClient implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final int REQUEST_BYTES = 9 << 20;

  private final String servers;
  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;

  TestClient(EmbeddedBroker broker) {
    servers = broker.bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", servers));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "max.request.size",
                REQUEST_BYTES,
                "delivery.timeout.ms",
                20_000,
                "request.timeout.ms",
                10_000,
                "linger.ms",
                0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  String clusterId() throws ExecutionException, InterruptedException {
    return admin.describeCluster().clusterId().get();
  }

  Set<String> topics() throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get();
  }

  /**
   * Creates a topic and waits for its leaders. A topic is known before they are ready; then of two
   * batches in flight the first may be refused and the second accepted, and no retry of the first
   * ever succeeds: its sequence number has passed (KAFKA-15591).
   */
  void createTopic(String topic) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    admin.listOffsets(ends).all().get();
  }

  /** Sends records that do not compress, and waits until the broker has them all. */
  void send(String topic, int records, int bytes) throws ExecutionException, InterruptedException {
    Random random = new Random(bytes);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      byte[] value = new byte[bytes];
      random.nextBytes(value);
      sent.add(producer.send(new ProducerRecord<>(topic, "key-" + i, value)));
    }
    for (Future<RecordMetadata> future : sent) {
      future.get();
    }
  }

  /** Reads on where the group left off, until that many records came or 20 seconds are over. */
  List<ConsumerRecord<String, byte[]>> receive(String topic, String group, int records) {
    List<ConsumerRecord<String, byte[]>> received = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers,
                "group.id", group,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false,
                "max.partition.fetch.bytes", REQUEST_BYTES),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (received.size() < records && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(received::add);
      }
      consumer.commitSync();
    }
    return received;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
