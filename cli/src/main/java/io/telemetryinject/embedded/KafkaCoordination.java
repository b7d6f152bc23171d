package io.telemetryinject.embedded;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.messaging.KafkaRun;
import io.telemetryinject.inject.Engine;
import java.io.IOException;
import org.springframework.context.ApplicationContext;

/** A run's coordinator, connected to the topics of a context. */
final class KafkaCoordination {
  private final Engine engine;
  private final ApplicationContext context;

  KafkaCoordination(Engine engine, ApplicationContext context) {
    this.engine = engine;
    this.context = context;
  }

  RunReport run(RunRequest request, RunListener listener)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    RunPlan plan = RunPlan.of(request, engine.packs());
    plan.claimDestination();
    try (RunCoordinator coordinator =
        new RunCoordinator(plan, engine.packs(), engine.sandbox(), listener)) {
      String purpose = request.input() + " " + nameOf(request.destination());
      return context.getBean(KafkaRun.class).run(coordinator, purpose);
    }
  }

  /** The same for the same destination; what is shown has no other name than that. */
  private static String nameOf(Destination destination) {
    return destination instanceof Destination.Diff ? "diff" : destination.toString();
  }
}
