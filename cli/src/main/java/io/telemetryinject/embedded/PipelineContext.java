package io.telemetryinject.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.coordinator.messaging.CoordinatorMessaging;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A Spring context that moves records and nothing else: no web server, no auto-configuration. */
final class PipelineContext {
  /** Workers' settings, and files that lie about where a person calls the command, are not ours. */
  private static final String NO_FILE = "telemetry-inject-command";

  private final Map<String, Object> properties;
  private final List<Consumer<GenericApplicationContext>> beans = new ArrayList<>();

  /** What Spring Boot's auto-configuration would bring of Kafka. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(KafkaProperties.class)
  static class KafkaSettings {}

  PipelineContext(String bootstrapServers, int executors) {
    properties =
        Map.of(
            "spring.kafka.bootstrap-servers",
            bootstrapServers,
            // A run that was killed left members behind; the next one waits until they expire.
            "spring.kafka.consumer.properties.session.timeout.ms",
            10_000,
            "telemetry-inject.executor.threads",
            executors,
            "telemetry-inject.messaging.partitions",
            Math.max(2, executors));
    with(MeterRegistry.class, new SimpleMeterRegistry());
  }

  /** Adds a service that listeners ask for. */
  <T> PipelineContext with(Class<T> type, T service) {
    beans.add(context -> context.registerBean(type, () -> service));
    return this;
  }

  /** Starts the context; its listeners begin to poll. */
  ConfigurableApplicationContext start(Class<?>... configurations) {
    return new SpringApplicationBuilder(KafkaSettings.class, CoordinatorMessaging.class)
        .sources(configurations)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false)
        .initializers(this::prepare)
        .properties("spring.config.name=" + NO_FILE)
        .run();
  }

  /** What is set here holds, whatever the environment says or a worker's own file brings along. */
  private void prepare(ConfigurableApplicationContext context) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("pipeline", properties));
    beans.forEach(bean -> bean.accept((GenericApplicationContext) context));
  }
}
