package io.telemetryinject.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the stages run, and what is told of them. */
final class PipelineOptions {
  @Option(
      names = "--embedded",
      description = "Run the whole distributed pipeline in this process, over a real Kafka broker.")
  boolean embedded;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Run against workers elsewhere, over this broker.")
  @Nullable String kafka;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the summary, and every function that was not instrumented, as JSON.")
  @Nullable Path report;

  @Option(names = "--verbose", description = "Show stack traces and log lines.")
  boolean verbose;
}
