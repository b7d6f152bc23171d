package io.telemetryinject.coordinator.messaging;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.order.OrderedRun;
import io.telemetryinject.coordinator.order.ReportFile;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.coordinator.order.WorkPlace;
import io.telemetryinject.coordinator.status.RunWatch;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries orders out over the workers' topics, from opening the input to writing the report. */
public final class KafkaOrders {
  private static final Logger LOGGER = LoggerFactory.getLogger(KafkaOrders.class);

  private final KafkaRun kafka;
  private final LanguagePacks packs = new LanguagePacks(List.of(new PythonPack()));

  public KafkaOrders(KafkaRun kafka) {
    this.kafka = requireNonNull(kafka, "kafka is null");
  }

  /**
   * Carries an order out, to whatever end; the watch is told of all but the end.
   *
   * @param compiler where results are compiled; every run has one of its own
   * @param report where the report is written as JSON; null for nowhere
   */
  public Ending perform(
      RunOrder order,
      WorkPlace place,
      SandboxSettings compiler,
      RunWatch watch,
      RunListener others,
      @Nullable Path report) {
    RunListener listener = RunListener.both(watch, others);
    watch.preparing();
    try (OrderedRun run = OrderedRun.open(order, place, listener::remark)) {
      RunReport result =
          run.perform(
              request -> run(request, compiler, watch, listener),
              OutageListener.logging(),
              watch::publishing);
      if (report != null) {
        new ReportFile().write(result, report);
      }
      return Ending.of(result);
    } catch (Exception e) {
      LOGGER.atDebug().setCause(e).log("the run did not come to its end");
      return Ending.of(e);
    }
  }

  private RunReport run(
      RunRequest request, SandboxSettings compiler, RunWatch watch, RunListener listener)
      throws Exception {
    RunPlan plan = RunPlan.of(request, packs);
    watch.identified(plan.run());
    plan.claimDestination();
    try (ProcessSandbox sandbox = new ProcessSandbox(compiler);
        RunCoordinator coordinator = new RunCoordinator(plan, packs, sandbox, listener)) {
      RunReport report = kafka.run(coordinator, watch.status().name());
      listener.reported(report);
      return report;
    }
  }
}
