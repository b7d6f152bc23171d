package io.telemetryinject.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.MessagingConfiguration;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Connects a {@link ScriptRequests} bean to its topics. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
public class GeneratorMessaging {

  @Bean
  PartitionShare partitionShare() {
    return new PartitionShare();
  }

  /** Has the listener's container tell which partitions are this worker's. */
  @Bean
  ContainerPostProcessor<String, byte[], ConcurrentMessageListenerContainer<String, byte[]>>
      shareObserver(PartitionShare share) {
    return container -> container.getContainerProperties().setConsumerRebalanceListener(share);
  }

  @Bean
  ScriptRequestListener scriptRequestListener(
      ScriptRequests requests,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    return new ScriptRequestListener(requests, reader, publisher, meters);
  }
}
