package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.analyzer.AnalyzerMessaging;
import io.telemetryinject.analyzer.FunctionAnalyzer;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.executor.ExecutorMessaging;
import io.telemetryinject.executor.FunctionExecutor;
import io.telemetryinject.generator.GeneratorMessaging;
import io.telemetryinject.generator.ScriptRequests;
import io.telemetryinject.inject.Engine;
import io.telemetryinject.inject.EngineSettings;
import io.telemetryinject.inject.LocalRun;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The pipeline over a broker that is not ours, in a container. */
class TestcontainersPipelineIT {
  private static final Path SHOP = Path.of("..", "examples", "shop");

  @TempDir private Path directory;

  @BeforeEach
  void needsDocker() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine here: the pipeline over a broker in a container is NOT tested");
  }

  @Test
  void givesTheSameBytesOverABrokerInAContainer() throws Exception {
    EngineSettings settings =
        new EngineSettings(
            directory.resolve("cache"),
            directory.resolve("key").resolve("signing-key"),
            CommandProcess.PYTHON,
            SandboxMode.STRICT,
            1);
    try (Engine engine = Engine.open(settings);
        KafkaContainer kafka = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())) {
      kafka.start();
      try (ConfigurableApplicationContext workers =
          new PipelineContext(kafka.getBootstrapServers(), engine.workers())
              .with(FunctionAnalyzer.class, engine.analyzer())
              .with(ScriptRequests.class, engine.requests())
              .with(FunctionExecutor.class, engine.executor())
              .start(AnalyzerMessaging.class, GeneratorMessaging.class, ExecutorMessaging.class)) {
        RunReport report =
            new KafkaCoordination(engine, workers).run(request("out"), RunListener.silent());
        assertThat(report.isClean()).isTrue();
      }
      new LocalRun(engine).run(request("expected"), RunListener.silent());
    }
    TestTree.assertSame(
        TestTree.contents(directory.resolve("out")),
        TestTree.contents(directory.resolve("expected")));
  }

  private RunRequest request(String output) {
    return new RunRequest(
        SHOP,
        new Destination.Tree(directory.resolve(output)),
        new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false),
        List.of(),
        List.of(),
        Set.of(),
        1,
        Duration.ofMinutes(2));
  }
}
