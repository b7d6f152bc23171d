package io.telemetryinject.coordinator.order;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunInterruption;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.messaging.BrokerUnavailableException;
import io.telemetryinject.sandbox.SandboxUnavailableException;
import java.util.Locale;
import java.util.Optional;

/**
 * How an order ended.
 *
 * @param exitCode for a shell
 * @param what happened, and to which input; empty where there is nothing to say
 * @param advice what to do now, a line each; may be empty
 */
public record Ending(int exitCode, String what, String advice) {
  /** All functions are instrumented or left alone by rule. */
  public static final int CLEAN = 0;

  /** Some were rejected or failed; files were written all the same. */
  public static final int PROBLEMS = 1;

  /** The order or its input does not allow a run; nothing was written. */
  public static final int REFUSED = 2;

  /** Stopped by budget or interruption; the same order resumes. */
  public static final int INTERRUPTED = 3;

  public Ending {
    requireNonNull(what, "what is null");
    requireNonNull(advice, "advice is null");
  }

  /** Of a run that came to its end. */
  public static Ending of(RunReport report) {
    if (report.effort().authoring().overBudget() > 0) {
      return new Ending(
          INTERRUPTED,
          String.format(
              Locale.ROOT,
              "the budget was reached: $%.4f spent in this run; the rest came from cache and"
                  + " template",
              report.effort().microDollars() / 1e6),
          "A call is made only if its worst case is covered. Raise the limit, or run again to use"
              + " what is cached.");
    }
    return new Ending(report.isClean() ? CLEAN : PROBLEMS, "", "");
  }

  /** Of a run that did not: the outermost problem that is known says why. */
  public static Ending of(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Optional<Ending> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return new Ending(
        REFUSED,
        message(problem),
        "Run again with --verbose for the details, and report this if they do not help.");
  }

  /** What a problem means, whatever caused it; nothing if it is none that runs have. */
  public static Optional<Ending> known(Throwable problem) {
    if (problem instanceof InputProblem input) {
      return Optional.of(new Ending(REFUSED, message(input), input.advice()));
    }
    if (problem instanceof RunInterruption interruption) {
      String done = interruption.filesDone() + " of " + interruption.files() + " files are done";
      return Optional.of(
          new Ending(
              INTERRUPTED,
              message(interruption),
              done + " and safe. Mend the cause, then run the same command again: it continues."));
    }
    if (problem instanceof SandboxUnavailableException || problem instanceof CacheException) {
      return Optional.of(withOwnAdvice(message(problem)));
    }
    if (problem instanceof BrokerUnavailableException) {
      return Optional.of(
          new Ending(
              REFUSED,
              message(problem),
              "Check that it runs and that the address is right, then run the same command"
                  + " again."));
    }
    return problem instanceof InterruptedException
        ? Optional.of(
            new Ending(INTERRUPTED, "interrupted", "Run the same command again: it continues."))
        : Optional.empty();
  }

  /** Messages that bring their own second and third lines. */
  private static Ending withOwnAdvice(String message) {
    int end = message.indexOf('\n');
    return end < 0
        ? new Ending(REFUSED, message, "")
        : new Ending(REFUSED, message.substring(0, end), message.substring(end + 1));
  }

  /** As one paragraph. */
  public String sentences() {
    String lines = String.join(" ", advice.lines().map(String::strip).toList());
    return lines.isEmpty() ? what : what + ". " + lines;
  }

  private static String message(Throwable problem) {
    String kind = problem.getClass().getSimpleName();
    return problem.getMessage() == null ? kind : problem.getMessage();
  }
}
