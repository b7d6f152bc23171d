package io.telemetryinject.embedded;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.status.RunAnnouncer;
import io.telemetryinject.coordinator.status.RunWatch;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.messaging.MessagingConfiguration;
import io.telemetryinject.messaging.RecordPublisher;
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
   * Runs to the end, and tells on the broker how that goes.
   *
   * @throws InputProblem when the user must change something first; nothing was written
   * @throws RunInterruption when reading, sending or writing failed; what is done is safe
   */
  public RunReport run(RunRequest request, RunWatch watch, RunListener listener)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    try (ConfigurableApplicationContext context =
            new PipelineContext(bootstrapServers, PARTITIONS).start(MessagingConfiguration.class);
        RunAnnouncer announcer = new RunAnnouncer(context.getBean(RecordPublisher.class));
        RunAnnouncer.Announcement announcement = announcer.announce(watch)) {
      watch.preparing();
      try {
        RunReport report =
            new KafkaCoordination(engine, context).run(request, RunListener.both(watch, listener));
        watch.reported(report);
        watch.ended(Ending.of(report));
        return report;
      } catch (InputProblem | RunInterruption | IOException | InterruptedException e) {
        watch.ended(Ending.of(e));
        throw e;
      }
    }
  }
}
