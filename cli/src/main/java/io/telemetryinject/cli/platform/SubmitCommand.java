package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.Cluster;
import io.telemetryinject.kubernetes.RunLogs;
import io.telemetryinject.kubernetes.RunOrder;
import io.telemetryinject.kubernetes.RunProblem;
import io.telemetryinject.kubernetes.RunStatus;
import io.telemetryinject.kubernetes.RunSubmission;
import io.telemetryinject.kubernetes.RunSubmission.Submitted;
import io.telemetryinject.kubernetes.RunWatch;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Submits a run, and perhaps waits for its end. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Submits a run to a Kubernetes cluster in which the chart is installed.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:submitted; with --wait or --follow: all functions instrumented, or left alone by rule",
      "1:with --wait or --follow: some rejected or failed; the result was written all the same",
      "2:usage or input error; nothing was submitted, or the run found it",
      "3:with --wait or --follow: the run was stopped, given up or cancelled"
    })
final class SubmitCommand extends ClusterCommand {
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private final SubmitOptions options = new SubmitOptions();

  @Option(names = "--wait", description = "Wait for the run's end, and end with its exit code.")
  private boolean wait;

  @Option(names = "--follow", description = "Wait for it, and show its log meanwhile.")
  private boolean follow;

  @Option(names = "--dry-run", description = "Show the Job as YAML; submit nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print what came of it as JSON.")
  private boolean json;

  SubmitCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    if (follow && json) {
      throw new RunProblem(
          "--follow and --json exclude one another",
          "Name --wait with --json; the log is shown by telemetry-inject logs.");
    }
    try (Cluster cluster = open()) {
      RunOrder order = options.order(cluster);
      RunSubmission submission = new RunSubmission(cluster);
      if (dryRun) {
        out.print(submission.draft(order));
        return 0;
      }
      Submitted run = submission.submit(order);
      if (!json) {
        out.println(run.name());
      }
      if (!run.keepsWork()) {
        err.println(
            "telemetry-inject: the run template has no volume that outlives a pod: if its pod"
                + " ends early, run "
                + run.name()
                + " begins anew");
      }
      if (!wait && !follow) {
        if (json) {
          RunJson.print(out, Map.of("name", run.name(), "namespace", cluster.namespace()));
        }
        err.println("telemetry-inject: submitted; telemetry-inject logs --follow " + run.name());
        return 0;
      }
      return end(cluster, run.name());
    }
  }

  private int end(Cluster cluster, String name) throws Exception {
    Optional<RunStatus> end;
    try (Farewell farewell = new Farewell(err, name)) {
      end =
          follow
              ? new RunLogs(cluster, RunPrinter.PAUSE).follow(name, new RunPrinter(out, err))
              : new RunWatch(cluster, RunPrinter.PAUSE).await(name, new RunPrinter(err, err));
    }
    if (end.isEmpty()) {
      throw RunPrinter.gone(name);
    }
    if (json) {
      RunJson.print(out, end.get());
    }
    return end.get().exitCode();
  }
}
