package io.telemetryinject.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/** Puts aside what cannot be handled, so that one bad record never holds up the good ones. */
public final class DeadLetters {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);
  private static final String SUFFIX = ".dlt";

  private final KafkaOperations<String, byte[]> kafka;

  public DeadLetters(KafkaOperations<String, byte[]> kafka) {
    this.kafka = requireNonNull(kafka, "kafka is null");
  }

  /** The topic that takes the dead letters of another. */
  static String topicOf(String topic) {
    return topic + SUFFIX;
  }

  static boolean isTopicOfDead(String topic) {
    return topic.endsWith(SUFFIX);
  }

  /** The topic whose dead letters this one takes. */
  static String originOf(String topic) {
    return topic.substring(0, topic.length() - SUFFIX.length());
  }

  /**
   * Sends a record to its dead-letter topic, with where it came from and why in its headers, and
   * waits until it is there.
   *
   * @throws java.util.concurrent.CompletionException when it cannot be delivered; the record must
   *     then not be acknowledged
   */
  void put(ConsumerRecord<String, byte[]> dead, String reason) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(topicOf(dead.topic()), dead.key(), dead.value());
    String origin = dead.topic() + "/" + dead.partition() + "/" + dead.offset();
    letter.headers().add("origin", origin.getBytes(UTF_8));
    letter.headers().add("reason", reason.getBytes(UTF_8));
    kafka.send(letter).join();
    LOGGER
        .atWarn()
        .addKeyValue("origin", origin)
        .addKeyValue("reason", reason)
        .log("record put aside as dead letter");
  }
}
