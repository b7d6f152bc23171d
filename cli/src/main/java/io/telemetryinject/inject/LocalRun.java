package io.telemetryinject.inject;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import java.io.IOException;

/** A run whose stages pass tasks on in memory. */
public final class LocalRun {
  private final Engine engine;

  public LocalRun(Engine engine) {
    this.engine = engine;
  }

  /**
   * Runs to the end.
   *
   * @throws InputProblem when the user must change something first; nothing was written
   * @throws RunInterruption when reading or writing failed; what is done is safe
   */
  public RunReport run(RunRequest request, RunListener listener)
      throws InputProblem, RunInterruption, IOException, InterruptedException {
    RunPlan plan = RunPlan.of(request, engine.packs());
    plan.claimDestination();
    try (RunCoordinator coordinator =
            new RunCoordinator(plan, engine.packs(), engine.sandbox(), listener);
        LocalPipeline pipeline = new LocalPipeline(engine, coordinator)) {
      return coordinator.run(pipeline);
    }
  }
}
