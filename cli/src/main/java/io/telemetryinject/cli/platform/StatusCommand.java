package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.Cluster;
import io.telemetryinject.kubernetes.RunList;
import io.telemetryinject.kubernetes.RunProblem;
import io.telemetryinject.kubernetes.RunStatus;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the runs of a namespace. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Shows the runs of a namespace, or one of them.")
final class StatusCommand extends ClusterCommand {
  private final PrintStream out;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of one run.")
  private @Nullable String name;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  StatusCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    try (Cluster cluster = open()) {
      RunList list = new RunList(cluster);
      List<RunStatus> runs = name == null ? list.all() : List.of(one(list, cluster, name));
      if (json) {
        RunJson.print(out, name == null ? runs : runs.get(0));
      } else if (runs.isEmpty()) {
        out.println("Namespace " + cluster.namespace() + " has no runs.");
      } else {
        new RunTable(Instant.now()).print(runs, out);
      }
      return 0;
    }
  }

  private static RunStatus one(RunList list, Cluster cluster, String name) throws RunProblem {
    Optional<RunStatus> run = list.find(name);
    if (run.isEmpty()) {
      throw unknown(cluster, name);
    }
    return run.get();
  }

  static RunProblem unknown(Cluster cluster, String name) {
    return new RunProblem(
        "there is no run named " + name + " in namespace " + cluster.namespace(),
        "See which there are: telemetry-inject status. Runs that are over are removed after a"
            + " while, cancelled ones at once.");
  }
}
