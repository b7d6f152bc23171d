package io.telemetryinject.cli;

import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** Entry point of the command. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    TelemetryInject command = new TelemetryInject(System.out, System.err);
    CommandLine line =
        new CommandLine(command)
            .registerConverter(KeyKind.class, word -> KeyKind.valueOf(upperCase(word)))
            .registerConverter(
                ExceptionPolicy.class, word -> ExceptionPolicy.valueOf(upperCase(word)))
            .registerConverter(SandboxMode.class, word -> SandboxMode.valueOf(upperCase(word)))
            .setParameterExceptionHandler(Main::explainUsage)
            .setExecutionExceptionHandler(
                (problem, parsed, result) -> explain(problem, command.verbose()));
    try {
      return line.execute(args);
    } catch (LinkageError | VirtualMachineError e) {
      return explain(new IllegalStateException(e.toString(), e), command.verbose());
    }
  }

  private static String upperCase(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private static int explain(Exception problem, boolean verbose) {
    return new ErrorPrinter(System.err).print(problem, verbose);
  }

  private static int explainUsage(CommandLine.ParameterException problem, String[] args) {
    PrintWriter err = problem.getCommandLine().getErr();
    err.println("telemetry-inject: " + problem.getMessage());
    err.println("  Run telemetry-inject --help for all options.");
    err.flush();
    return ExitCode.USAGE;
  }
}
