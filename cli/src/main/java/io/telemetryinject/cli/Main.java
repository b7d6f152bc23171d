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
    return new CommandLine(command)
        .registerConverter(KeyKind.class, word -> KeyKind.valueOf(word.toUpperCase(Locale.ROOT)))
        .registerConverter(
            ExceptionPolicy.class, word -> ExceptionPolicy.valueOf(word.toUpperCase(Locale.ROOT)))
        .registerConverter(
            SandboxMode.class, word -> SandboxMode.valueOf(word.toUpperCase(Locale.ROOT)))
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(
            (problem, line, parsed) -> new ErrorPrinter(System.err).print(problem, command.verbose()))
        .execute(args);
  }

  private static int explainUsage(CommandLine.ParameterException problem, String[] args) {
    PrintWriter err = problem.getCommandLine().getErr();
    err.println("telemetry-inject: " + problem.getMessage());
    err.println("  Run telemetry-inject --help for all options.");
    err.flush();
    return ExitCode.USAGE;
  }
}
