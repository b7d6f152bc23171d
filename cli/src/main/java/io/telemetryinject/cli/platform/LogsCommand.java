package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.Cluster;
import io.telemetryinject.kubernetes.RunList;
import io.telemetryinject.kubernetes.RunLogs;
import io.telemetryinject.kubernetes.RunStatus;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run has logged. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Shows the log of a run: of all its attempts, the newest last.")
final class LogsCommand extends ClusterCommand {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Name of the run.")
  private String name = "";

  @Option(names = "--follow", description = "Go on until the run is over.")
  private boolean follow;

  LogsCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    try (Cluster cluster = open()) {
      RunLogs logs = new RunLogs(cluster, RunPrinter.PAUSE);
      RunPrinter printer = new RunPrinter(out, err);
      if (new RunList(cluster).find(name).isEmpty()) {
        throw StatusCommand.unknown(cluster, name);
      }
      Optional<RunStatus> run = follow ? logs.follow(name, printer) : logs.show(name, printer);
      if (run.isEmpty()) {
        throw RunPrinter.gone(name);
      }
      return 0;
    }
  }
}
