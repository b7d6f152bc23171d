package io.telemetryinject.coordinator.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.messaging.KafkaOrders;
import io.telemetryinject.coordinator.messaging.OrderMessaging;
import io.telemetryinject.coordinator.messaging.WorkSettings;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.service.ServiceConfiguration;
import io.telemetryinject.coordinator.status.RunAnnouncer;
import io.telemetryinject.messaging.BrokerUnavailableException;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The coordinator as a process: runs once and ends with the command line's exit codes, or stays as
 * a service that is asked for runs.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(CoordinatorSettings.class)
@Import({OrderMessaging.class, ServiceConfiguration.class})
public class CoordinatorJob {

  /** Starts it; a job ends the process. */
  public static void main(String[] args) {
    try {
      ConfigurableApplicationContext context = SpringApplication.run(CoordinatorJob.class, args);
      if (context.getBeanProvider(JobRun.class).getIfAvailable() != null) {
        System.exit(SpringApplication.exit(context));
      }
    } catch (RuntimeException toldAlready) {
      System.exit(exitCodeOf(toldAlready));
    }
  }

  /** A broker may come back, other reasons not to start will not go away. */
  private static int exitCodeOf(RuntimeException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokerUnavailableException) {
        return Ending.INTERRUPTED;
      }
    }
    return Ending.REFUSED;
  }

  /** What measures a run; a new one for each. */
  @Bean
  Supplier<RunListener> measures(MeterRegistry registry) {
    return () -> new RunMeters(registry);
  }

  @Bean
  @ConditionalOnProperty(
      name = ServiceConfiguration.ENABLED,
      havingValue = "false",
      matchIfMissing = true)
  JobRun jobRun(
      CoordinatorSettings settings,
      WorkSettings work,
      KafkaOrders orders,
      RunAnnouncer announcer,
      Supplier<RunListener> measures) {
    return new JobRun(settings, work, orders, announcer, measures);
  }
}
