package io.telemetryinject.analyzer;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.s3.CacheTiers;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.metrics.CacheMeters;
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

  @Bean
  CacheMeters cacheMeters(MeterRegistry meters) {
    return new CacheMeters(meters);
  }

  /** Closed after the cache that is read through it. */
  @Bean
  CacheTiers cacheTiers(AnalyzerSettings settings, CacheMeters meters) throws IOException {
    return CacheTiers.openChecked(
            settings.place(), settings.trust(), OutageListener.logging().and(meters))
        .with(meters);
  }

  @Bean
  ScriptCache scriptCache(CacheTiers tiers, AnalyzerSettings settings, CacheMeters meters)
      throws IOException {
    return tiers.reading(
        SigningKeys.publicOnly(settings.publicKey()), QuarantineListener.logging().and(meters));
  }

  @Bean
  FunctionAnalyzer functionAnalyzer(ScriptCache cache) {
    return new FunctionAnalyzer(new LanguagePacks(List.of(new PythonPack())), cache);
  }
}
