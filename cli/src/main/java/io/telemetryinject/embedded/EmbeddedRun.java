package io.telemetryinject.embedded;

import io.telemetryinject.analyzer.AnalyzerMessaging;
import io.telemetryinject.analyzer.FunctionAnalyzer;
import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.executor.ExecutorMessaging;
import io.telemetryinject.executor.FunctionExecutor;
import io.telemetryinject.generator.GeneratorMessaging;
import io.telemetryinject.generator.ScriptRequests;
import io.telemetryinject.inject.Engine;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole distributed pipeline in this process: a broker, all workers and the coordinator. */
public final class EmbeddedRun {
  private final Engine engine;
  private final Path brokerDirectory;

  /**
   * @param brokerDirectory where the broker keeps its topics; a run that was killed finds them again
   */
  public EmbeddedRun(Engine engine, Path brokerDirectory) {
    this.engine = engine;
    this.brokerDirectory = brokerDirectory;
  }

  /**
   * Runs to the end.
   *
   * @throws InputProblem when the user must change something first; nothing was written
   * @throws RunInterruption when reading, sending or writing failed; what is done is safe
   */
  public RunReport run(RunRequest request, RunListener listener)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    try (EmbeddedBroker broker = KraftBroker.start(brokerDirectory);
        ConfigurableApplicationContext workers =
            new PipelineContext(broker.bootstrapServers(), engine.workers())
                .with(FunctionAnalyzer.class, engine.analyzer())
                .with(ScriptRequests.class, engine.requests())
                .with(FunctionExecutor.class, engine.executor())
                .start(
                    AnalyzerMessaging.class, GeneratorMessaging.class, ExecutorMessaging.class)) {
      return new KafkaCoordination(engine, workers).run(request, listener);
    }
  }
}
