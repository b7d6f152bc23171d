package io.telemetryinject.messaging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

/**
 * Creates the topics that are missing and ends; in every application's class path, for clusters
 * where the applications themselves may not create any.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({MessagingSettings.class, KafkaProperties.class})
public class CreateTopics {
  private static final Logger LOGGER = LoggerFactory.getLogger(CreateTopics.class);

  public static void main(String[] args) {
    new SpringApplicationBuilder(CreateTopics.class)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .run(args)
        .close();
    LOGGER.atInfo().log("all topics are there");
  }

  @Bean
  TopicCreation topicCreation(KafkaProperties properties, MessagingSettings settings) {
    return new TopicCreation(properties.buildAdminProperties(), settings);
  }
}
