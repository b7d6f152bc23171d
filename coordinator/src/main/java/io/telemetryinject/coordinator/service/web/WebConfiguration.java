package io.telemetryinject.coordinator.service.web;

import io.telemetryinject.coordinator.service.RunDesk;
import io.telemetryinject.coordinator.service.ServiceRefusedException;
import io.telemetryinject.coordinator.service.ServiceSettings;
import io.telemetryinject.coordinator.service.WatchedRuns;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/** What the service shows over HTTP. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

  @Bean
  SeenRuns seenRuns(RunDesk desk, WatchedRuns others) {
    return new SeenRuns(desk, others, Clock.systemUTC());
  }

  @Bean
  RunEvents runEvents(SeenRuns runs, JsonMapper mapper) {
    return new RunEvents(runs, mapper);
  }

  @Bean
  RunsApi runsApi(RunDesk desk, SeenRuns runs, RunEvents events) {
    return new RunsApi(desk, runs, events);
  }

  @Bean
  Problems problems() {
    return new Problems();
  }

  @Bean
  PageFiles pageFiles() {
    return new PageFiles();
  }

  @Bean
  FilterRegistrationBean<Gate> gate(ServiceSettings settings) {
    AccessToken token = settings.tokenFile() == null ? null : AccessToken.in(settings.tokenFile());
    FilterRegistrationBean<Gate> gate = new FilterRegistrationBean<>(new Gate(token));
    gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return gate;
  }

  /** Without a token, nobody beyond this machine reaches the service; told before it starts. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<ConfigurableWebServerFactory> whoReachesIt(
      ServiceSettings settings, @Value("${server.address:}") String address) {
    return factory -> {
      if (settings.tokenFile() != null) {
        return;
      }
      if (address.isBlank()) {
        factory.setAddress(InetAddress.getLoopbackAddress());
      } else if (!isLoopback(address)) {
        throw new ServiceRefusedException(
            "the service would listen on " + address + " and let in whoever asks",
            "Name a file with a token with telemetry-inject.service.token-file, or leave"
                + " server.address out.");
      }
    };
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
