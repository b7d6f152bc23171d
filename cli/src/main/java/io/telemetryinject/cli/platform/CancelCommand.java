package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.Cluster;
import io.telemetryinject.kubernetes.RunCancellation;
import io.telemetryinject.kubernetes.RunCancellation.Ending;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a run. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Ends a run; cancelling it once more does no harm.")
final class CancelCommand extends ClusterCommand {
  private final PrintStream out;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Name of the run.")
  private String name = "";

  CancelCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    try (Cluster cluster = open()) {
      out.println(words(new RunCancellation(cluster).cancel(name), cluster.namespace()));
      return 0;
    }
  }

  private String words(Ending ending, String namespace) {
    return switch (ending) {
      case BEGUN -> "Run " + name + " is being ended; its Job goes when its pod has stopped.";
      case GOING_ON -> "Run " + name + " is being ended already.";
      case OVER -> "Run " + name + " is over already; see telemetry-inject status " + name + ".";
      case UNKNOWN ->
          "Namespace " + namespace + " has no run named " + name + ", or none any more.";
    };
  }
}
