package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.cli.TestTree;
import io.telemetryinject.embedded.WorkerProcesses.Worker;
import io.telemetryinject.inject.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two machines' worth of workers that share nothing but broker and bucket; one of each kind is
 * killed with -9 under a run.
 */
class KilledWorkersST {
  private static final int FILES = 600;

  @TempDir private Path directory;

  @Test
  void completesWithTheOtherWorkersAndLeavesNothingHalfDone() throws Exception {
    Path input = tree();
    WorkerProcesses processes = new WorkerProcesses(directory);
    try (TestBucket bucket = new TestBucket(directory.resolve("s3"));
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        Worker analyzer = processes.analyzer(broker, WorkerProcesses.cacheIn(bucket));
        Worker generator = processes.generator(broker, WorkerProcesses.cacheIn(bucket));
        Worker executor = processes.executor(broker, WorkerProcesses.cacheIn(bucket));
        Worker otherAnalyzer = processes.analyzer(broker, WorkerProcesses.cacheIn(bucket));
        Worker otherGenerator = processes.generator(broker, WorkerProcesses.cacheIn(bucket));
        Worker otherExecutor = processes.executor(broker, WorkerProcesses.cacheIn(bucket))) {
      for (Worker worker :
          List.of(analyzer, generator, executor, otherAnalyzer, otherGenerator, otherExecutor)) {
        worker.awaitHealth();
      }
      Path output = directory.resolve("disturbed");
      try (CommandProcess run = start(input, output, broker)) {
        await().atMost(Duration.ofMinutes(2)).until(() -> scripts() > 0);
        generator.process().kill();
        analyzer.process().kill();
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(output.resolve("shop")));
        executor.process().kill();
        assertThat(run.isAlive()).as("control: in the middle of it").isTrue();
        assertThat(run.exitCode()).as(run.output()).isZero();
      }
      Map<String, String> disturbed = TestTree.contents(output);
      long scripts = scripts();

      Path again = directory.resolve("again");
      try (CommandProcess run = start(input, again, broker)) {
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("(100.0 %)").contains("scripts     0 generated");
      }
      TestTree.assertSame(TestTree.contents(again), disturbed);
      assertThat(scripts()).isEqualTo(scripts);
    }
  }

  /** Many files of few kinds, and few of many kinds. */
  private Path tree() throws IOException {
    Path tree = TestTree.generate(directory.resolve("tree"), FILES);
    TestTree.copy(Path.of("..", "examples", "shop"), tree.resolve("example"));
    return tree;
  }

  private CommandProcess start(Path input, Path output, EmbeddedBroker broker) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--cache-dir", directory.resolve("unused").toString()));
    arguments.addAll(List.of("--signing-key", directory.resolve("key/signing-key").toString()));
    arguments.addAll(List.of("--kafka", broker.bootstrapServers()));
    return CommandProcess.start(directory.resolve(output.getFileName() + ".log"), arguments);
  }

  private long scripts() throws IOException {
    Path folder = directory.resolve("s3/bucket/nightly/scripts/python");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".py")).count();
    }
  }
}
