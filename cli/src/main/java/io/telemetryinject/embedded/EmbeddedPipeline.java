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
public final class EmbeddedPipeline implements AutoCloseable {
  private final Engine engine;
  private final EmbeddedBroker broker;
  private final ConfigurableApplicationContext workers;

  private EmbeddedPipeline(
      Engine engine, EmbeddedBroker broker, ConfigurableApplicationContext workers) {
    this.engine = engine;
    this.broker = broker;
    this.workers = workers;
  }

  /**
   * Starts broker and workers.
   *
   * @param brokerDirectory where the broker keeps its topics; a run that was killed finds them
   *     again
   */
  public static EmbeddedPipeline start(Engine engine, Path brokerDirectory) throws IOException {
    EmbeddedBroker broker = KraftBroker.start(brokerDirectory);
    try {
      return new EmbeddedPipeline(
          engine,
          broker,
          new PipelineContext(broker.bootstrapServers(), engine.workers())
              .with(FunctionAnalyzer.class, engine.analyzer())
              .with(ScriptRequests.class, engine.requests())
              .with(FunctionExecutor.class, engine.executor())
              .start(AnalyzerMessaging.class, GeneratorMessaging.class, ExecutorMessaging.class));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** {@code host:port} of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * Runs to the end; one run at a time.
   *
   * @throws InputProblem when the user must change something first; nothing was written
   * @throws RunInterruption when reading, sending or writing failed; what is done is safe
   */
  public RunReport run(RunRequest request, RunListener listener)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    return new KafkaCoordination(engine, workers).run(request, listener);
  }

  @Override
  public void close() {
    workers.close();
    broker.close();
  }
}
