package io.telemetryinject.cli;

import io.telemetryinject.cli.platform.PlatformCommands;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.sandbox.SandboxMode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Entry point of the command. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    TelemetryInject command = new TelemetryInject(System.out, System.err);
    CommandLine line = new CommandLine(command);
    PlatformCommands.addTo(line, args, System.out, System.err);
    line.registerConverter(KeyKind.class, oneOf(KeyKind.class))
        .registerConverter(ExceptionPolicy.class, oneOf(ExceptionPolicy.class))
        .registerConverter(SandboxMode.class, oneOf(SandboxMode.class))
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(
            (problem, parsed, result) ->
                explain(problem, command.verbose() || PlatformCommands.verbose(parsed)));
    try {
      return line.execute(args);
    } catch (LinkageError | VirtualMachineError e) {
      return explain(new IllegalStateException(e.toString(), e), command.verbose());
    }
  }

  /** Reads a constant's name in lower case; the complaint about another word names them all. */
  private static <E extends Enum<E>> ITypeConverter<E> oneOf(Class<E> type) {
    return word -> {
      List<String> words = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        words.add(constant.name().toLowerCase(Locale.ROOT));
        if (words.get(words.size() - 1).equals(word.toLowerCase(Locale.ROOT))) {
          return constant;
        }
      }
      throw new TypeConversionException("'" + word + "' is none of " + String.join(", ", words));
    };
  }

  private static int explain(Exception problem, boolean verbose) {
    return new ErrorPrinter(System.err).print(problem, verbose);
  }

  private static int explainUsage(CommandLine.ParameterException problem, String[] args) {
    PrintWriter err = problem.getCommandLine().getErr();
    err.println("telemetry-inject: " + problem.getMessage());
    err.println(
        "  Run "
            + problem.getCommandLine().getCommandSpec().qualifiedName()
            + " --help for all options.");
    err.flush();
    return ExitCode.USAGE;
  }
}
