package io.telemetryinject.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.s3.CacheTiers;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.metrics.CacheMeters;
import io.telemetryinject.metrics.SandboxMeters;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.PythonScriptValidator;
import io.telemetryinject.sandbox.SandboxSettings;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The generator as a process of its own; the only one that holds the private key. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(GeneratorSettings.class)
public class GeneratorWorker {

  public static void main(String[] args) {
    SpringApplication.run(GeneratorWorker.class, args);
  }

  @Bean
  CacheMeters cacheMeters(MeterRegistry meters) {
    return new CacheMeters(meters);
  }

  /** Closed after the cache that is read through it. */
  @Bean
  CacheTiers cacheTiers(GeneratorSettings settings, CacheMeters meters) throws IOException {
    return CacheTiers.openChecked(
            settings.place(), settings.trust(), OutageListener.logging().and(meters))
        .with(meters);
  }

  @Bean
  SigningKeys signingKeys(GeneratorSettings settings) throws IOException {
    return SigningKeys.openOrCreate(settings.signingKey())
        .requireOutside(settings.cacheDir())
        .trusting(settings.trustedKeys());
  }

  @Bean
  ScriptCache scriptCache(CacheTiers tiers, SigningKeys keys, CacheMeters meters) {
    return tiers.writing(keys.verifier(), keys.signer(), QuarantineListener.logging().and(meters));
  }

  @Bean
  SandboxSettings sandboxSettings(GeneratorSettings settings) {
    return SandboxSettings.strict(settings.python(), settings.generator().threads())
        .withMode(settings.sandbox());
  }

  @Bean
  ScriptSandbox scriptSandbox(SandboxSettings settings, MeterRegistry registry) {
    SandboxMeters meters = new SandboxMeters(registry);
    ProcessSandbox sandbox = new ProcessSandbox(settings, meters);
    meters.watch(sandbox);
    return sandbox;
  }

  @Bean
  ScriptValidator scriptValidator(SandboxSettings settings) {
    return new PythonScriptValidator(settings);
  }

  @Bean
  ThreadPoolExecutor generationThreads(GeneratorSettings settings) {
    int threads = settings.generator().threads();
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  }

  /** Those that wait for a thread take no part: they make no calls. */
  @Bean
  DemandShare fleetShare(GeneratorSettings settings, ThreadPoolExecutor generationThreads) {
    return DemandShare.start(
        settings.ladder().spendDirectory().resolve("fleet"),
        () ->
            Math.min(
                generationThreads.getActiveCount() + generationThreads.getQueue().size(),
                generationThreads.getMaximumPoolSize()));
  }

  @Bean
  AuthorLadder authorLadder(
      GeneratorSettings settings,
      SigningKeys keys,
      CacheTiers tiers,
      ScriptCache cache,
      ScriptSandbox sandbox,
      ScriptValidator validator,
      DemandShare share,
      MeterRegistry meters) {
    return AuthorLadder.open(
        settings.ladder(),
        new GenerationTools(
            new LanguagePacks(List.of(new PythonPack())),
            cache,
            tiers.promoted(keys.verifier(), QuarantineListener.logging()),
            tiers.store(),
            tiers.claims(),
            sandbox,
            validator,
            share,
            meters,
            Clock.systemUTC()));
  }

  @Bean
  ScriptRequests scriptRequests(
      ScriptCache cache, AuthorLadder ladder, ThreadPoolExecutor generationThreads) {
    return new ScriptRequests(cache, ladder.generator(), ladder.direct(), generationThreads);
  }
}
