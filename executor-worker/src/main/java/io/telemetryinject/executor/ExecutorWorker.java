package io.telemetryinject.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.RememberingScriptCache;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.s3.CacheTiers;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.metrics.CacheMeters;
import io.telemetryinject.metrics.SandboxMeters;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.SandboxSettings;
import io.telemetryinject.sandbox.ScriptSandbox;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The executor as a process of its own; it holds no key that could sign. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ExecutorSettings.class)
public class ExecutorWorker {

  public static void main(String[] args) {
    SpringApplication.run(ExecutorWorker.class, args);
  }

  @Bean
  CacheMeters cacheMeters(MeterRegistry meters) {
    return new CacheMeters(meters);
  }

  /** Closed after the cache that is read through it. */
  @Bean
  CacheTiers cacheTiers(ExecutorSettings settings, CacheMeters meters) throws IOException {
    return CacheTiers.openChecked(
            settings.place(), settings.trust(), OutageListener.logging().and(meters))
        .with(meters);
  }

  @Bean
  ScriptCache scriptCache(CacheTiers tiers, ExecutorSettings settings, CacheMeters meters)
      throws IOException {
    return new RememberingScriptCache(
        tiers.reading(
            SigningKeys.publicOnly(settings.publicKey()), QuarantineListener.logging().and(meters)),
        meters);
  }

  /** Workers start at once, so that a sandbox that cannot be set up stops the process early. */
  @Bean
  ScriptSandbox scriptSandbox(ExecutorSettings settings, MeterRegistry registry) {
    SandboxMeters meters = new SandboxMeters(registry);
    ProcessSandbox sandbox =
        new ProcessSandbox(
            SandboxSettings.strict(settings.python(), settings.executor().threads())
                .withMode(settings.sandbox()),
            meters);
    sandbox.start();
    meters.watch(sandbox);
    return sandbox;
  }

  @Bean
  FunctionExecutor functionExecutor(ScriptCache cache, ScriptSandbox sandbox) {
    return new FunctionExecutor(new LanguagePacks(List.of(new PythonPack())), cache, sandbox);
  }
}
