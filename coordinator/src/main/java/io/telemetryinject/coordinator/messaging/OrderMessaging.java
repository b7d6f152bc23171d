package io.telemetryinject.coordinator.messaging;

import io.telemetryinject.coordinator.status.RunAnnouncer;
import io.telemetryinject.messaging.RecordPublisher;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Carries whole orders out over the topics, and tells on them how that goes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkSettings.class)
@Import(CoordinatorMessaging.class)
public class OrderMessaging {

  @Bean
  KafkaOrders kafkaOrders(KafkaRun kafka) {
    return new KafkaOrders(kafka);
  }

  @Bean
  RunAnnouncer runAnnouncer(RecordPublisher publisher) {
    return new RunAnnouncer(publisher);
  }
}
