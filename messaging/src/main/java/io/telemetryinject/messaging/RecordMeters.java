package io.telemetryinject.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.model.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.ProducerListener;

/** Counts what this process sends, by topic; dead letters by the topic they came from. */
final class RecordMeters implements ProducerListener<String, byte[]> {
  private final MeterRegistry registry;

  RecordMeters(MeterRegistry registry, TopicNames topics) {
    this.registry = registry;
    for (Topic topic : Topic.values()) {
      records(topics.of(topic), "published");
      records(topics.of(topic), "failed");
      deadLetters(topics.of(topic));
    }
  }

  @Override
  public void onSuccess(ProducerRecord<String, byte[]> record, RecordMetadata metadata) {
    if (DeadLetters.isTopicOfDead(record.topic())) {
      deadLetters(DeadLetters.originOf(record.topic())).increment();
    } else {
      records(record.topic(), "published").increment();
    }
  }

  @Override
  public void onError(
      ProducerRecord<String, byte[]> record,
      @Nullable RecordMetadata metadata,
      Exception exception) {
    String topic = record.topic();
    boolean dead = DeadLetters.isTopicOfDead(topic);
    records(dead ? DeadLetters.originOf(topic) : topic, "failed").increment();
  }

  private Counter records(String topic, String result) {
    return Counter.builder("telemetry.inject.records")
        .description("Records sent, by whether the broker has them")
        .tags("topic", topic, "result", result)
        .register(registry);
  }

  private Counter deadLetters(String topic) {
    return Counter.builder("telemetry.inject.dead.letters")
        .description("Records put aside, as they could not be understood or handled")
        .tag("topic", topic)
        .register(registry);
  }
}
