package io.telemetryinject.inject;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheMaintenance;
import io.telemetryinject.cache.CacheStatistics;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.policy.PolicyFile;
import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.llm.ModelSettings;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts telemetry into functions and trees, in this process.
 *
 * <pre>{@code
 * try (ScriptBasedInjector injector =
 *     ScriptBasedInjector.builder().cacheDir(Path.of(".telemetry_cache")).maxWorkers(2).build()) {
 *   RunReport report = injector.instrumentTree(Path.of("shop"), Path.of("shop-instrumented"));
 * }
 * }</pre>
 *
 * <p>Scripts run in worker processes of a Python interpreter, which start when they are first
 * needed. Safe for use by several threads.
 */
public final class ScriptBasedInjector implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final EngineSettings settings;
  private final Path cacheDir;
  private final Engine engine;
  private final RunPolicy policy;

  private ScriptBasedInjector(EngineSettings settings, Path cacheDir, RunPolicy policy)
      throws IOException {
    this.settings = settings;
    this.cacheDir = cacheDir;
    this.policy = policy;
    this.engine = Engine.open(settings);
  }

  /** Starts from the defaults of the command line. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Instruments functions on their own, each a text without its file.
   *
   * @return one result per function, in order
   * @throws IOException when the script cache cannot be read or written
   */
  public List<InstrumentedFunction> instrumentFunctions(List<SourceFunction> functions)
      throws IOException {
    return new FunctionsRun(engine, policy, List.copyOf(functions)).run();
  }

  /**
   * Instruments a directory into another, which is made; a second call after an interruption
   * carries on. A {@code telemetry.yaml} in the input says what to instrument, and with which
   * intent; whether exceptions are reported is the builder's to say.
   *
   * @throws InputProblem when {@code input} is no directory, or {@code output} is not ours to write
   * @throws RunInterruption when reading or writing failed; what is done is safe
   */
  public RunReport instrumentTree(Path input, Path output)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    PolicyFile file = PolicyFile.find(null, input);
    RunRequest request =
        new RunRequest(
            input,
            new Destination.Tree(output),
            policy.withIntent(file.intent()),
            file.includes(),
            file.excludes(),
            file.selection(),
            Set.of(cacheDir, LadderSettings.spendDirectoryOf(cacheDir)),
            settings.workers(),
            PATIENCE);
    return new LocalRun(engine).run(request, RunListener.silent());
  }

  /** Figures of the script cache, over all its users. */
  public CacheStatistics cacheStats() throws IOException {
    return new CacheMaintenance(new FileObjectStore(cacheDir)).statistics();
  }

  /** Ends the worker processes. */
  @Override
  public void close() {
    engine.close();
  }

  /** Settings of an injector; each has the command line's default. */
  public static final class Builder {
    private Path cacheDir = Path.of(".telemetry_cache");
    private @Nullable Path signingKey;
    private String python = "python3";
    private SandboxMode sandbox = SandboxMode.STRICT;
    private int maxWorkers = Runtime.getRuntime().availableProcessors();
    private ExceptionPolicy exceptions = ExceptionPolicy.CAPTURE;
    private KeyKind keyKind = KeyKind.SHAPE;
    private boolean forceRegenerate;
    private List<ModelSettings> models = List.of();
    private long maxMicroDollars = Long.MAX_VALUE;

    private Builder() {}

    /** Directory of the script cache; made on first use. */
    public Builder cacheDir(Path directory) {
      this.cacheDir = requireNonNull(directory, "directory is null");
      return this;
    }

    /** File of the private key that vouches for cached scripts; default below {@code ~/.config}. */
    public Builder signingKey(Path file) {
      this.signingKey = requireNonNull(file, "file is null");
      return this;
    }

    /** Interpreter, 3.9 or later, with pytest and pylint for the validation of new scripts. */
    public Builder python(String command) {
      this.python = requireNonNull(command, "command is null");
      return this;
    }

    /** {@link SandboxMode#NONE} only where scripts of this cache are trusted like own code. */
    public Builder sandbox(SandboxMode mode) {
      this.sandbox = requireNonNull(mode, "mode is null");
      return this;
    }

    /** How many scripts run at once; default is the number of processors. */
    public Builder maxWorkers(int workers) {
      this.maxWorkers = workers;
      return this;
    }

    /** Whether exceptions are reported. */
    public Builder exceptions(ExceptionPolicy policy) {
      this.exceptions = requireNonNull(policy, "policy is null");
      return this;
    }

    /** What scripts are looked up by. */
    public Builder cacheKey(KeyKind kind) {
      this.keyKind = requireNonNull(kind, "kind is null");
      return this;
    }

    /** Whether scripts that are in the cache already are passed over and written anew. */
    public Builder forceRegenerate(boolean force) {
      this.forceRegenerate = force;
      return this;
    }

    /** Models that write scripts, in the order they are asked; the template comes last. */
    public Builder models(List<ModelSettings> settings) {
      this.models = List.copyOf(settings);
      return this;
    }

    /** What models may cost in one run, in millionths of a US dollar. */
    public Builder maxMicroDollars(long limit) {
      this.maxMicroDollars = limit;
      return this;
    }

    /**
     * Opens the injector.
     *
     * @throws IOException when the signing key cannot be read or made
     */
    public ScriptBasedInjector build() throws IOException {
      Path key = signingKey == null ? SigningKeys.defaultFile(System.getenv()) : signingKey;
      return new ScriptBasedInjector(
          new EngineSettings(
              cacheDir,
              key,
              python,
              sandbox,
              maxWorkers,
              LadderSettings.of(models, LadderSettings.spendDirectoryOf(cacheDir))),
          cacheDir,
          new RunPolicy(
              exceptions, keyKind, forceRegenerate, RunPolicy.Method.SCRIPTS, "", maxMicroDollars));
    }
  }
}
