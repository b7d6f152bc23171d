package io.telemetryinject.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.telemetryinject.cache.UserCache;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.git.GitAddress;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.order.OrderedOutput;
import io.telemetryinject.coordinator.order.OrderedRun;
import io.telemetryinject.coordinator.order.ReportFile;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.coordinator.order.WorkPlace;
import io.telemetryinject.coordinator.status.RunWatch;
import io.telemetryinject.embedded.EmbeddedPipeline;
import io.telemetryinject.embedded.EmbeddedStore;
import io.telemetryinject.embedded.RemoteRun;
import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.inject.CostEstimator;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  int run(String name, Path signingKey) throws Exception {
    if (scripts.sandbox == SandboxMode.NONE) {
      err.println("telemetry-inject: --sandbox none: scripts run with your own rights");
    }
    if (pipeline.kafka != null) {
      BrokerAddress.check(pipeline.kafka);
    }
    try (OrderedRun ordered = OrderedRun.open(order(name), place(), this::say);
        EmbeddedStore store = embeddedStore()) {
      EngineSettings settings = settings(store, signingKey);
      return models.estimate ? estimate(settings, ordered.request()) : run(settings, ordered);
    }
  }

  private void say(String remark) {
    err.println("telemetry-inject: " + remark);
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

  private int run(EngineSettings settings, OrderedRun ordered) throws Exception {
    List<String> unpriced = new ArrayList<>();
    RunReport report =
        ordered.perform(
            request -> run(settings, request, unpriced), new OutagePrinter(err), () -> {});
    if (pipeline.report != null) {
      new ReportFile().write(report, pipeline.report);
    }
    new Summary(input.diff ? err : out).print(report, where(ordered.request()));
    if (report.effort().modelCalls() > 0 && !unpriced.isEmpty()) {
      err.println(
          "telemetry-inject: the price of "
              + String.join(", ", unpriced)
              + " is not known: its calls count as $0 above");
      err.println("  Add it to a file and name that with --prices to see what a run costs.");
    }
    Ending ending = Ending.of(report);
    if (!ending.what().isEmpty()) {
      say(ending.what());
      err.println("  " + ending.advice());
    }
    return ending.exitCode();
  }

  private int estimate(EngineSettings settings, RunRequest request) throws Exception {
    try (Engine engine = Engine.open(settings)) {
      new EstimateSummary(out).print(new CostEstimator(engine).estimate(request));
    }
    return ExitCode.CLEAN;
  }

  private RunReport run(EngineSettings settings, RunRequest request, List<String> unpriced)
      throws Exception {
    try (Engine engine = Engine.open(settings, new OutagePrinter(err));
        Progress progress = new Progress(err, System.console() != null)) {
      RunReport report = run(engine, request, progress);
      engine.ladder().models().stream()
          .filter(model -> !model.priceKnown())
          .map(model -> model.name().word())
          .forEach(unpriced::add);
      return report;
    }
  }

  private RunReport run(Engine engine, RunRequest request, Progress progress) throws Exception {
    if (pipeline.kafka != null) {
      return new RemoteRun(engine, pipeline.kafka).run(request, watch(request), progress);
    }
    if (pipeline.embedded) {
      try (EmbeddedPipeline embedded = EmbeddedPipeline.start(engine, broker())) {
        return embedded.run(request, progress);
      }
    }
    return new LocalRun(engine).run(request, progress);
  }

  /** Under the same name whenever the same is asked for. */
  private RunWatch watch(RunRequest request) {
    String from = GitAddress.shown(requireNonNull(input.input));
    String to = where(request);
    String name = "command-" + Sha256.of(from + "\n" + input.ref + "\n" + to).substring(0, 12);
    Clock clock = Clock.systemUTC();
    RunWatch.Order shown = new RunWatch.Order(name, from, input.ref, to, null);
    return new RunWatch(shown, clock.instant(), clock);
  }

  private Path broker() {
    return scripts.cacheDir().resolveSibling(scripts.cacheDir().getFileName() + "-broker");
  }

  private RunOrder order(String name) throws Exception {
    return new RunOrder(
        name,
        input.ref,
        output(name),
        input.incremental,
        input.includes,
        input.excludes,
        input.policy,
        scripts.exceptions,
        new RunOrder.Making(
            scripts.cacheKey,
            scripts.forceRegenerate,
            models.noScripts ? RunPolicy.Method.DIRECT : RunPolicy.Method.SCRIPTS,
            models.maxMicroDollars()));
  }

  private OrderedOutput output(String name) throws Exception {
    if (input.inPlace) {
      return new OrderedOutput.Here(new Destination.InPlace());
    }
    if (input.diff) {
      return new OrderedOutput.Here(new Destination.Diff(out));
    }
    return input.output == null
        ? new OrderedOutput.Here(new Destination.Tree(outputFor(name)))
        : OrderedOutput.of(input.output, scripts.bucket());
  }

  /** {@code DIR-instrumented} beside a directory, or here for a repository. */
  private Path outputFor(String name) throws Exception {
    Optional<GitAddress> git = GitAddress.of(name, input.ref != null);
    if (git.isPresent()) {
      return Path.of(git.get().name() + "-instrumented");
    }
    Path directory = Path.of(name);
    Path real = Files.exists(directory) ? directory.toRealPath() : directory.toAbsolutePath();
    String last = requireNonNullElse(real.getFileName(), Path.of("root")).toString();
    return real.resolveSibling(last + "-instrumented");
  }

  private WorkPlace place() {
    return new WorkPlace(
        scripts.cacheDir().resolve("git"),
        scripts.cacheDir().resolve("outputs"),
        digests(),
        Set.of(scripts.cacheDir(), LadderSettings.spendDirectoryOf(scripts.cacheDir()), broker()),
        scripts.maxWorkers,
        models.namesModel() || pipeline.kafka != null ? PATIENCE_WITH_MODELS : PATIENCE);
  }

  /** None where the directory might be anybody's. */
  private static @Nullable Path digests() {
    Map<String, String> environment = System.getenv();
    return environment.containsKey("HOME") || environment.containsKey("XDG_CACHE_HOME")
        ? UserCache.directory(environment).resolve("digests")
        : null;
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
