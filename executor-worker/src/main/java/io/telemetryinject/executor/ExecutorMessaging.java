package io.telemetryinject.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.Consumption;
import io.telemetryinject.messaging.MessagingConfiguration;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.messaging.TopicNames;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Connects a {@link FunctionExecutor} bean to its topics. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
public class ExecutorMessaging {

  @Bean
  ExecutionListener executionListener(
      FunctionExecutor executor,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    return new ExecutionListener(executor, reader, publisher, meters);
  }

  @Bean
  Consumption executorConsumption(TopicNames topics) {
    return topics.consumption(topics.executions(), "executor");
  }
}
