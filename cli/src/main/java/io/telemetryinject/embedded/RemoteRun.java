package io.telemetryinject.embedded;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.messaging.MessagingConfiguration;
import java.io.IOException;
import org.springframework.context.ConfigurableApplicationContext;

/** A coordinator in this process; the workers are elsewhere. */
public final class RemoteRun {
  /** As many as workers make when they are first. */
  private static final int PARTITIONS = 12;

  private final Engine engine;
  private final String bootstrapServers;

  /**
   * @param engine its sandbox compiles results; its workers' services stay unused
   * @param bootstrapServers {@code host:port}, several separated by commas
   */
  public RemoteRun(Engine engine, String bootstrapServers) {
    this.engine = engine;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Runs to the end.
   *
   * @throws InputProblem when the user must change something first; nothing was written
   * @throws RunInterruption when reading, sending or writing failed; what is done is safe
   */
  public RunReport run(RunRequest request, RunListener listener)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    try (ConfigurableApplicationContext context =
        new PipelineContext(bootstrapServers, PARTITIONS).start(MessagingConfiguration.class)) {
      return new KafkaCoordination(engine, context).run(request, listener);
    }
  }
}
