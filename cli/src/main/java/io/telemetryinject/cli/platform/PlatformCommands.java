package io.telemetryinject.cli.platform;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;

/** Adds the commands about runs in a cluster to the command line. */
public final class PlatformCommands {
  private static final List<String> HELP = List.of("-h", "--help");

  private PlatformCommands() {}

  /**
   * Adds them where one of them may be meant, or all be listed: looking through their options takes
   * 20 ms that a run on this machine need not pay.
   *
   * @param out where what they print goes
   */
  public static void addTo(CommandLine line, String[] args, PrintStream out, PrintStream err) {
    boolean command = args.length > 0 && !args[0].startsWith("-");
    if (!command && Collections.disjoint(Arrays.asList(args), HELP)) {
      return;
    }
    line.addSubcommand(new SubmitCommand(out, err));
    line.addSubcommand(new StatusCommand(out));
    line.addSubcommand(new LogsCommand(out, err));
    line.addSubcommand(new CancelCommand(out));
  }

  /** Whether the command that was given is one of these and asks for stack traces. */
  public static boolean verbose(CommandLine parsed) {
    return parsed.getCommand() instanceof ClusterCommand command && command.verbose();
  }
}
