package io.telemetryinject.benchmarks.models;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.llm.ModelLimits;
import io.telemetryinject.llm.ModelSettings;
import io.telemetryinject.llm.Provider;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.RunPolicy.Method;
import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Runs of one tree with a stub in place of a model, in-process; each opens the pipeline anew.
 *
 * @param home where cache, key, ledger and output go
 */
record TreeRuns(Path tree, Path home, String python, LlmStub stub) {
  static final int CONCURRENT_CALLS = 8;

  /** Runs once, with the cache that earlier runs left. */
  RunReport run(Method method) throws Exception {
    Path output = home.resolve("out");
    int workers = Runtime.getRuntime().availableProcessors();
    EngineSettings settings =
        new EngineSettings(
            home.resolve("cache"),
            home.resolve("key").resolve("signing-key"),
            python,
            SandboxMode.STRICT,
            workers,
            LadderSettings.of(List.of(model()), home.resolve("spend")));
    RunRequest request =
        new RunRequest(
            tree,
            new Destination.Tree(output),
            new RunPolicy(
                ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false, method, "", Long.MAX_VALUE),
            List.of(),
            List.of(),
            Set.of(),
            workers,
            Duration.ofHours(1));
    Files.createDirectories(home);
    try (Engine engine = Engine.open(settings)) {
      return new LocalRun(engine).run(request, RunListener.silent());
    } finally {
      Bench.delete(output);
    }
  }

  private ModelSettings model() {
    return ModelSettings.of(Provider.OPENAI)
        .withBaseUrl(stub.baseUrl(WireProtocol.OPENAI))
        .withLimits(new ModelLimits(0, 0, CONCURRENT_CALLS));
  }
}
