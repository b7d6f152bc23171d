package io.telemetryinject.analyzer;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.Consumption;
import io.telemetryinject.messaging.MessagingConfiguration;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.messaging.TopicNames;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Connects a {@link FunctionAnalyzer} bean to its topics. */
@Configuration(proxyBeanMethods = false)
@Import(MessagingConfiguration.class)
public class AnalyzerMessaging {

  @Bean
  FunctionTaskListener functionTaskListener(
      FunctionAnalyzer analyzer,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    return new FunctionTaskListener(analyzer, reader, publisher, meters);
  }

  @Bean
  Consumption analyzerConsumption(TopicNames topics) {
    return topics.consumption(topics.functionTasks(), "analyzer");
  }
}
