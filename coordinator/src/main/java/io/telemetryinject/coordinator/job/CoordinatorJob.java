package io.telemetryinject.coordinator.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunCoordinator;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.coordinator.Shortcuts;
import io.telemetryinject.coordinator.messaging.CoordinatorMessaging;
import io.telemetryinject.coordinator.messaging.KafkaRun;
import io.telemetryinject.coordinator.policy.PolicyFile;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.SandboxSettings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Runs once over the workers' topics and ends with the command line's exit codes. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(CoordinatorSettings.class)
@Import(CoordinatorMessaging.class)
public class CoordinatorJob implements ExitCodeGenerator {
  private static final Logger LOGGER = LoggerFactory.getLogger(CoordinatorJob.class);

  private int exitCode;

  public static void main(String[] args) {
    System.exit(SpringApplication.exit(SpringApplication.run(CoordinatorJob.class, args)));
  }

  @Bean
  ApplicationRunner run(CoordinatorSettings settings, KafkaRun kafka, MeterRegistry meters) {
    return arguments -> run(settings, kafka, new RunMeters(meters));
  }

  private void run(CoordinatorSettings settings, KafkaRun kafka, RunMeters meters)
      throws Exception {
    LanguagePacks packs = new LanguagePacks(List.of(new PythonPack()));
    RunPlan plan = RunPlan.of(request(settings), packs);
    plan.claimDestination();
    SandboxSettings sandbox =
        SandboxSettings.strict(settings.python(), settings.assemblers())
            .withMode(settings.sandbox());
    try (ProcessSandbox compiler = new ProcessSandbox(sandbox);
        RunCoordinator coordinator = new RunCoordinator(plan, packs, compiler, meters)) {
      RunReport report = kafka.run(coordinator);
      meters.count(report);
      exitCode = report.isClean() ? 0 : 1;
      LOGGER
          .atInfo()
          .addKeyValue("run", report.run().shortForm())
          .addKeyValue("functions", report.functions())
          .addKeyValue("applied", report.applied())
          .addKeyValue("unchanged", report.unchanged())
          .addKeyValue("skipped", report.skipped())
          .addKeyValue("rejected", report.rejected())
          .addKeyValue("failed", report.failed())
          .addKeyValue("millis", report.totalMillis())
          .log("run complete");
    }
  }

  private static RunRequest request(CoordinatorSettings settings) throws InputProblem, IOException {
    PolicyFile file = PolicyFile.find(settings.policy(), settings.input());
    ExceptionPolicy exceptions = file.exceptionsUnless(settings.exceptions());
    return new RunRequest(
            settings.input(),
            new Destination.Tree(settings.output()),
            new RunPolicy(exceptions, settings.cacheKey(), settings.forceRegenerate())
                .withIntent(file.intent()),
            file.includesWith(settings.includes()),
            file.excludesWith(settings.excludes()),
            file.selection(),
            Set.of(),
            settings.assemblers(),
            settings.patience())
        .with(new Shortcuts(settings.incremental(), null, null));
  }

  @Override
  public int getExitCode() {
    return exitCode;
  }
}
