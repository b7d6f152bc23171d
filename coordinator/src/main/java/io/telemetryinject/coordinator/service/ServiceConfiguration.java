package io.telemetryinject.coordinator.service;

import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.messaging.KafkaOrders;
import io.telemetryinject.coordinator.messaging.WorkSettings;
import io.telemetryinject.coordinator.service.web.WebConfiguration;
import io.telemetryinject.coordinator.status.RunAnnouncer;
import io.telemetryinject.messaging.TopicNames;
import io.telemetryinject.model.RecordCodec;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** What makes a coordinator a service; nothing of it is there unless it is enabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(ServiceConfiguration.ENABLED)
@EnableConfigurationProperties(ServiceSettings.class)
@Import(WebConfiguration.class)
public class ServiceConfiguration {
  /** The property that has a coordinator stay. */
  public static final String ENABLED = "telemetry-inject.service.enabled";

  @Bean
  RunDesk runDesk(
      ServiceSettings settings,
      WorkSettings work,
      KafkaOrders orders,
      RunAnnouncer announcer,
      Supplier<RunListener> measures)
      throws IOException {
    return new RunDesk(settings, work, orders, announcer, measures);
  }

  @Bean
  WatchedRuns watchedRuns(
      TopicNames topics,
      RecordCodec codec,
      ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners) {
    return new WatchedRuns(topics, codec, pollListeners);
  }
}
