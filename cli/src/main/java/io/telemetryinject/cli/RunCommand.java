package io.telemetryinject.cli;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.UserCache;
import io.telemetryinject.cache.s3.S3Settings;
import io.telemetryinject.cache.s3.S3Tree;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.Shortcuts;
import io.telemetryinject.coordinator.git.GitRoot;
import io.telemetryinject.coordinator.policy.PolicyFile;
import io.telemetryinject.embedded.EmbeddedPipeline;
import io.telemetryinject.embedded.EmbeddedStore;
import io.telemetryinject.embedded.RemoteRun;
import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.inject.CostEstimator;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run, from options to summary. */
final class RunCommand {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A provider may have a whole fleet wait for minutes on end. */
  private static final Duration PATIENCE_WITH_MODELS = Duration.ofHours(1);

  private final PrintStream out;
  private final PrintStream err;
  private final InputOptions input;
  private final ScriptOptions scripts;
  private final ModelOptions models;
  private final PipelineOptions pipeline;

  RunCommand(
      PrintStream out,
      PrintStream err,
      InputOptions input,
      ScriptOptions scripts,
      ModelOptions models,
      PipelineOptions pipeline) {
    this.out = out;
    this.err = err;
    this.input = input;
    this.scripts = scripts;
    this.models = models;
    this.pipeline = pipeline;
  }

  /**
   * @param git what git knows of the directory, if it was written from a commit
   */
  int run(Path directory, @Nullable GitRoot git, Path signingKey) throws Exception {
    if (!Files.isDirectory(directory)) {
      throw new Complaint(
          ExitCode.USAGE,
          "the input " + directory + " is not a directory",
          "Name an existing directory with --input.");
    }
    if (scripts.sandbox == SandboxMode.NONE) {
      err.println("telemetry-inject: --sandbox none: scripts run with your own rights");
    }
    if (pipeline.kafka != null) {
      BrokerAddress.check(pipeline.kafka);
    }
    RunRequest request = request(directory, git);
    try (EmbeddedStore store = embeddedStore()) {
      return run(settings(store, signingKey), request);
    }
  }

  /** A bucket of a server in this process, unless one elsewhere is named. */
  private @Nullable EmbeddedStore embeddedStore() throws Exception {
    boolean wanted = pipeline.embedded && scripts.cache == null && !models.estimate;
    return wanted ? EmbeddedStore.start(scripts.cacheDir()) : null;
  }

  private EngineSettings settings(@Nullable EmbeddedStore store, Path signingKey) throws Exception {
    return new EngineSettings(
        store == null ? scripts.place() : store.place(),
        scripts.trust(),
        signingKey,
        scripts.trustedKeys,
        PythonCommand.find(scripts.python),
        scripts.sandbox,
        scripts.maxWorkers,
        models.ladder(scripts.cacheDir()));
  }

  private int run(EngineSettings settings, RunRequest request) throws Exception {
    if (models.estimate) {
      return estimate(settings, request);
    }
    RunReport report;
    List<String> unpriced;
    if (input.namesBucket() && input.incremental) {
      fetch(staging());
    }
    try (Engine engine = Engine.open(settings, new OutagePrinter(err));
        Progress progress = new Progress(err, System.console() != null)) {
      report = run(engine, request, progress);
      unpriced =
          engine.ladder().models().stream()
              .filter(model -> !model.priceKnown())
              .map(model -> model.name().word())
              .toList();
    }
    if (input.namesBucket()) {
      publish(staging());
    }
    if (pipeline.report != null) {
      new ReportFile().write(report, pipeline.report);
    }
    new Summary(input.diff ? err : out).print(report, where(request));
    if (report.effort().modelCalls() > 0 && !unpriced.isEmpty()) {
      err.println(
          "telemetry-inject: the price of "
              + String.join(", ", unpriced)
              + " is not known: its calls count as $0 above");
      err.println("  Add it to a file and name that with --prices to see what a run costs.");
    }
    if (report.effort().authoring().overBudget() > 0) {
      err.printf(
          Locale.ROOT,
          "telemetry-inject: the budget was reached: $%.4f spent in this run; the rest came from"
              + " cache and template%n  A call is made only if its worst case is covered. Raise"
              + " --max-cost, or run again to use what is cached.%n",
          report.effort().microDollars() / 1e6);
      return ExitCode.INTERRUPTED;
    }
    return report.isClean() ? ExitCode.CLEAN : ExitCode.PROBLEMS;
  }

  private int estimate(EngineSettings settings, RunRequest request) throws Exception {
    try (Engine engine = Engine.open(settings)) {
      new EstimateSummary(out).print(new CostEstimator(engine).estimate(request));
    }
    return ExitCode.CLEAN;
  }

  private RunReport run(Engine engine, RunRequest request, Progress progress) throws Exception {
    if (pipeline.kafka != null) {
      return new RemoteRun(engine, pipeline.kafka).run(request, progress);
    }
    if (pipeline.embedded) {
      try (EmbeddedPipeline embedded = EmbeddedPipeline.start(engine, broker())) {
        return embedded.run(request, progress);
      }
    }
    return new LocalRun(engine).run(request, progress);
  }

  private Path broker() {
    return scripts.cacheDir().resolveSibling(scripts.cacheDir().getFileName() + "-broker");
  }

  private RunRequest request(Path directory, @Nullable GitRoot git) throws Exception {
    PolicyFile file = PolicyFile.find(input.policy, directory);
    ExceptionPolicy exceptions = file.exceptionsUnless(scripts.exceptions);
    return new RunRequest(
            directory,
            destination(directory),
            new RunPolicy(
                exceptions,
                scripts.cacheKey,
                scripts.forceRegenerate,
                models.noScripts ? RunPolicy.Method.DIRECT : RunPolicy.Method.SCRIPTS,
                file.intent(),
                models.maxMicroDollars()),
            file.includesWith(input.includes),
            file.excludesWith(input.excludes),
            file.selection(),
            Set.of(
                scripts.cacheDir(), LadderSettings.spendDirectoryOf(scripts.cacheDir()), broker()),
            scripts.maxWorkers,
            models.namesModel() || pipeline.kafka != null ? PATIENCE_WITH_MODELS : PATIENCE)
        .with(new Shortcuts(input.incremental, git, digests()));
  }

  /** None where the directory might be anybody's. */
  private static @Nullable Path digests() {
    Map<String, String> environment = System.getenv();
    return environment.containsKey("HOME") || environment.containsKey("XDG_CACHE_HOME")
        ? UserCache.directory(environment).resolve("digests")
        : null;
  }

  private Destination destination(Path directory) throws Exception {
    if (input.inPlace) {
      return new Destination.InPlace();
    }
    if (input.diff) {
      return new Destination.Diff(out);
    }
    if (input.namesPatch()) {
      return new Destination.Patch(Path.of(requireNonNull(input.output)));
    }
    if (input.namesBucket()) {
      return new Destination.Tree(staging());
    }
    return new Destination.Tree(
        input.output == null ? TelemetryInject.outputFor(directory) : Path.of(input.output));
  }

  /**
   * Where a tree is put together that goes to a bucket; kept, so that the next run builds on it.
   */
  private Path staging() {
    String place = scripts.s3Endpoint + " " + input.output;
    return scripts.cacheDir().resolve("outputs").resolve(Sha256.of(place).substring(0, 12));
  }

  /** What lies in the bucket counts, not what an earlier run on this machine has left. */
  private void fetch(Path staging) throws Exception {
    try (S3Tree tree = S3Tree.open(bucket(), new OutagePrinter(err))) {
      Optional<S3Tree.Moved> moved = tree.fetch(staging);
      err.println(
          moved.isEmpty()
              ? "telemetry-inject: no complete result lies at " + input.output + " yet"
              : String.format(
                  Locale.ROOT,
                  "telemetry-inject: %,d of %,d files fetched from %s",
                  moved.get().moved(),
                  moved.get().files(),
                  input.output));
    }
  }

  private void publish(Path staging) throws Exception {
    try (S3Tree tree = S3Tree.open(bucket(), new OutagePrinter(err))) {
      S3Tree.Moved moved = tree.publish(staging);
      err.printf(
          Locale.ROOT,
          "telemetry-inject: %,d of %,d files sent to %s, %,d removed%n",
          moved.moved(),
          moved.files(),
          input.output,
          moved.removed());
    }
  }

  private S3Settings bucket() throws Complaint {
    return scripts.bucket(requireNonNull(input.output));
  }

  private String where(RunRequest request) {
    if (input.namesBucket()) {
      return requireNonNull(input.output);
    }
    if (request.destination() instanceof Destination.Tree tree) {
      return tree.root().toString();
    }
    if (request.destination() instanceof Destination.Patch patch) {
      return patch.file() + " (for git apply or patch -p1, in the input's root)";
    }
    return request.destination() instanceof Destination.InPlace
        ? request.input() + " (in place; --uninject takes it back)"
        : "shown as a diff; nothing was written";
  }
}
