package io.telemetryinject.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.Consumption;
import io.telemetryinject.messaging.MessagingConfiguration;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.messaging.TopicNames;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Connects a {@link ScriptRequests} bean to its topics. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
public class GeneratorMessaging {

  @Bean
  ScriptRequestListener scriptRequestListener(
      ScriptRequests requests,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    return new ScriptRequestListener(requests, reader, publisher, meters);
  }

  @Bean
  Consumption generatorConsumption(TopicNames topics) {
    return topics.consumption(topics.scriptRequests(), "generator");
  }
}
