package io.telemetryinject.analyzer;

import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
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

  @Bean
  ScriptCache scriptCache(AnalyzerSettings settings) throws IOException {
    return StoredScriptCache.reading(
        new FileObjectStore(settings.cacheDir()),
        SigningKeys.publicOnly(settings.publicKey()),
        QuarantineListener.logging());
  }

  @Bean
  FunctionAnalyzer functionAnalyzer(ScriptCache cache) {
    return new FunctionAnalyzer(new LanguagePacks(List.of(new PythonPack())), cache);
  }
}
