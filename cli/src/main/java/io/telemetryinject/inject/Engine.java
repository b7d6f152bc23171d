package io.telemetryinject.inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.analyzer.FunctionAnalyzer;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.RememberingScriptCache;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.UncountedScriptCache;
import io.telemetryinject.cache.s3.CacheTiers;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.executor.FunctionExecutor;
import io.telemetryinject.generator.AuthorLadder;
import io.telemetryinject.generator.GenerationTools;
import io.telemetryinject.generator.ScriptRequests;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.llm.FleetShare;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.PythonScriptValidator;
import io.telemetryinject.sandbox.SandboxSettings;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The services of all workers, composed in one process; what transports them is not its business.
 */
public final class Engine implements AutoCloseable {
  private final LanguagePacks packs = new LanguagePacks(List.of(new PythonPack()));
  private final CacheTiers tiers;
  private final ScriptCache cache;
  private final ScriptSandbox sandbox;
  private final ScriptValidator validator;
  private final ExecutorService generationThreads;
  private final FunctionAnalyzer analyzer;
  private final AuthorLadder ladder;
  private final ScriptRequests requests;
  private final FunctionExecutor executor;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final int workers;

  private Engine(EngineSettings settings, SigningKeys keys, CacheTiers tiers) {
    this.tiers = tiers;
    this.workers = settings.workers();
    SandboxSettings sandboxSettings =
        SandboxSettings.strict(settings.python(), workers).withMode(settings.sandbox());
    this.cache =
        new RememberingScriptCache(
            tiers.writing(keys.verifier(), keys.signer(), QuarantineListener.logging()));
    this.sandbox = new ProcessSandbox(sandboxSettings);
    this.validator = new PythonScriptValidator(sandboxSettings);
    int writers = Math.max(workers, settings.ladder().concurrentCalls());
    this.generationThreads = Executors.newFixedThreadPool(writers, Engine::generationThread);
    this.analyzer = new FunctionAnalyzer(packs, cache);
    this.ladder = AuthorLadder.open(settings.ladder(), tools(keys));
    this.requests =
        new ScriptRequests(cache, ladder.generator(), ladder.direct(), generationThreads);
    this.executor = new FunctionExecutor(packs, cache, sandbox);
  }

  /**
   * Opens an engine. Worker processes start when they are first needed.
   *
   * @throws IOException when the signing key or the cache cannot be used
   */
  public static Engine open(EngineSettings settings) throws IOException {
    return open(settings, OutageListener.logging());
  }

  /** The same; whoever is told of it hears when the script cache does not answer. */
  public static Engine open(EngineSettings settings, OutageListener outages) throws IOException {
    SigningKeys keys =
        SigningKeys.openOrCreate(settings.signingKey()).trusting(settings.trustedKeys());
    return new Engine(
        settings, keys, CacheTiers.openChecked(settings.cache(), settings.trust(), outages));
  }

  private GenerationTools tools(SigningKeys keys) {
    return new GenerationTools(
        packs,
        cache,
        tiers.promoted(keys.verifier(), QuarantineListener.logging()),
        tiers.store(),
        tiers.claims(),
        sandbox,
        validator,
        FleetShare.alone(),
        meters,
        Clock.systemUTC());
  }

  private static Thread generationThread(Runnable work) {
    Thread thread = new Thread(work, "generator");
    thread.setDaemon(true);
    return thread;
  }

  public LanguagePacks packs() {
    return packs;
  }

  public ScriptSandbox sandbox() {
    return sandbox;
  }

  public FunctionAnalyzer analyzer() {
    return analyzer;
  }

  public ScriptRequests requests() {
    return requests;
  }

  /** Analyses what will not run, and leaves no trace in the cache's counters. */
  FunctionAnalyzer previewer() {
    return new FunctionAnalyzer(packs, new UncountedScriptCache(cache));
  }

  /** Who writes scripts. */
  public AuthorLadder ladder() {
    return ladder;
  }

  /** What the services count. */
  public MeterRegistry meters() {
    return meters;
  }

  public FunctionExecutor executor() {
    return executor;
  }

  public int workers() {
    return workers;
  }

  @Override
  public void close() {
    generationThreads.shutdownNow();
    ladder.close();
    validator.close();
    sandbox.close();
    cache.close();
    tiers.close();
  }
}
