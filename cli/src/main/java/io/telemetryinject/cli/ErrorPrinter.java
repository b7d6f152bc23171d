package io.telemetryinject.cli;

import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.kubernetes.RunProblem;
import io.telemetryinject.llm.ModelSettingsException;
import io.telemetryinject.llm.SpendLedgerException;
import java.io.PrintStream;
import java.util.Locale;

/** Shows errors to a person: three parts, no stack trace unless asked for. */
final class ErrorPrinter {
  private final PrintStream err;

  ErrorPrinter(PrintStream err) {
    this.err = err;
  }

  /** Prints an error and tells the exit code that belongs to it. */
  int print(Exception problem, boolean verbose) {
    Complaint complaint = classify(problem);
    err.println("telemetry-inject: " + complaint.getMessage());
    complaint.advice().lines().forEach(line -> err.println("  " + line.strip()));
    if (verbose) {
      problem.printStackTrace(err);
    }
    return complaint.exitCode();
  }

  private static Complaint classify(Throwable problem) {
    if (problem instanceof Complaint complaint) {
      return complaint;
    }
    if (problem instanceof RunProblem run) {
      return new Complaint(ExitCode.USAGE, message(run), run.advice());
    }
    if (problem instanceof ModelSettingsException || problem instanceof SpendLedgerException) {
      return withAdviceBehindSemicolon(message(problem));
    }
    Throwable cause = problem.getCause();
    if (cause != null && Ending.known(problem).isEmpty()) {
      return classify(cause);
    }
    Ending ending = Ending.of(problem);
    return new Complaint(ending.exitCode(), ending.what(), ending.advice());
  }

  private static Complaint withAdviceBehindSemicolon(String message) {
    int end = message.lastIndexOf("; ");
    if (end < 0) {
      return new Complaint(ExitCode.USAGE, message, "");
    }
    String advice = message.substring(end + 2);
    return new Complaint(
        ExitCode.USAGE,
        message.substring(0, end),
        advice.substring(0, 1).toUpperCase(Locale.ROOT) + advice.substring(1) + ".");
  }

  private static String message(Throwable problem) {
    String kind = problem.getClass().getSimpleName();
    return problem.getMessage() == null ? kind : problem.getMessage();
  }
}
