package io.telemetryinject.cli;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.kubernetes.RunProblem;
import io.telemetryinject.llm.ModelSettingsException;
import io.telemetryinject.llm.SpendLedgerException;
import io.telemetryinject.messaging.BrokerUnavailableException;
import io.telemetryinject.sandbox.SandboxUnavailableException;
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
    if (problem instanceof InputProblem input) {
      return new Complaint(ExitCode.USAGE, message(input), input.advice());
    }
    if (problem instanceof RunProblem run) {
      return new Complaint(ExitCode.USAGE, message(run), run.advice());
    }
    if (problem instanceof RunInterruption interruption) {
      String done = interruption.filesDone() + " of " + interruption.files() + " files are done";
      return new Complaint(
          ExitCode.INTERRUPTED,
          message(interruption),
          done + " and safe. Mend the cause, then run the same command again: it continues.");
    }
    if (problem instanceof ModelSettingsException || problem instanceof SpendLedgerException) {
      return withAdviceBehindSemicolon(message(problem));
    }
    if (problem instanceof SandboxUnavailableException || problem instanceof CacheException) {
      return withOwnAdvice(message(problem));
    }
    if (problem instanceof BrokerUnavailableException) {
      return new Complaint(
          ExitCode.USAGE,
          message(problem),
          "Check that it runs and that the address is right, then run the same command again.");
    }
    if (problem instanceof InterruptedException) {
      return new Complaint(
          ExitCode.INTERRUPTED, "interrupted", "Run the same command again: it continues.");
    }
    Throwable cause = problem.getCause();
    if (cause != null && cause != problem) {
      return classify(cause);
    }
    return new Complaint(
        ExitCode.USAGE,
        message(problem),
        "Run again with --verbose for the details, and report this if they do not help.");
  }

  /** Messages that bring their own second and third lines. */
  private static Complaint withOwnAdvice(String message) {
    int end = message.indexOf('\n');
    return end < 0
        ? new Complaint(ExitCode.USAGE, message, "")
        : new Complaint(ExitCode.USAGE, message.substring(0, end), message.substring(end + 1));
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
