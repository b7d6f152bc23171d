package io.telemetryinject.analyzer;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.s3.CacheTiers;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The analyzer as a process of its own. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(AnalyzerSettings.class)
public class AnalyzerWorker {

  public static void main(String[] args) {
    SpringApplication.run(AnalyzerWorker.class, args);
  }

  /** Closed after the cache that is read through it. */
  @Bean
  CacheTiers cacheTiers(AnalyzerSettings settings, MeterRegistry meters) throws IOException {
    Runnable outages = meters.counter("telemetry_inject.cache.outages")::increment;
    return CacheTiers.openChecked(
        settings.place(),
        settings.trust(),
        OutageListener.logging().and(OutageListener.counting(outages)));
  }

  @Bean
  ScriptCache scriptCache(CacheTiers tiers, AnalyzerSettings settings) throws IOException {
    return tiers.reading(
        SigningKeys.publicOnly(settings.publicKey()), QuarantineListener.logging());
  }

  @Bean
  FunctionAnalyzer functionAnalyzer(ScriptCache cache) {
    return new FunctionAnalyzer(new LanguagePacks(List.of(new PythonPack())), cache);
  }
}
