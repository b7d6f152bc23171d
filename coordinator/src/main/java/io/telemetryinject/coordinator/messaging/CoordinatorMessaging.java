package io.telemetryinject.coordinator.messaging;

import io.telemetryinject.messaging.Consumption;
import io.telemetryinject.messaging.MessagingConfiguration;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.messaging.TopicNames;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** Connects runs to the topics. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
public class CoordinatorMessaging {

  @Bean
  Consumption analyzers(TopicNames topics) {
    return topics.consumption(topics.functionTasks(), "analyzer");
  }

  @Bean
  Consumption generators(TopicNames topics) {
    return topics.consumption(topics.scriptRequests(), "generator");
  }

  @Bean
  Consumption executors(TopicNames topics) {
    return topics.consumption(topics.executions(), "executor");
  }

  @Bean
  KafkaRun kafkaRun(
      TopicNames topics,
      RecordReader reader,
      RecordPublisher publisher,
      ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners) {
    return new KafkaRun(topics, reader, publisher, pollListeners);
  }
}
