package io.telemetryinject.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What anyone who can reach the broker can do: write whatever to any topic, and read it all. */
final class TopicTap implements AutoCloseable {
  private static final int ROOM = 10 << 20;
  private static final String COPY = "copy";

  private final String bootstrapServers;
  private final KafkaProducer<String, byte[]> producer;

  TopicTap(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", ROOM),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  static String name(Topic topic) {
    return topic.name(Topic.DEFAULT_PREFIX);
  }

  Future<?> send(Topic topic, String key, byte[] value) {
    return producer.send(new ProducerRecord<>(name(topic), key, value));
  }

  void flush() {
    producer.flush();
  }

  /** Everything in a topic, from its beginning to its present end. */
  List<ConsumerRecord<String, byte[]>> read(String topic) {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** Sends every record of a topic twice more, as it comes, until the thread is interrupted. */
  int triple(Topic topic, Runnable ready) {
    int copied = 0;
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, name(topic));
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      ready.run();
      while (!Thread.currentThread().isInterrupted()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
          if (record.headers().lastHeader(COPY) == null) {
            copy(record);
            copy(record);
            copied++;
          }
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    }
    return copied;
  }

  private void copy(ConsumerRecord<String, byte[]> record) {
    ProducerRecord<String, byte[]> copy =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    copy.headers().add(COPY, "yes".getBytes(UTF_8));
    producer.send(copy);
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "max.partition.fetch.bytes", ROOM),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
