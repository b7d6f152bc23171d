package io.telemetryinject.sandbox;

import io.telemetryinject.sandbox.JudgingJob.Judgement;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A validation under way: what was tried so far, and what it showed. */
final class Steps {
  private final long start = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private int testsPassed;
  private int testsFailed;
  private double lintScore = Double.NaN;

  /** Notes a step, which passed when there is nothing to say; tells whether it did. */
  boolean add(String name, String detail) {
    steps.add(new Step(name, detail.isEmpty(), detail));
    return detail.isEmpty();
  }

  boolean lint(Judgement judgement) {
    if (!add("imports", String.join("\n", judgement.banned()))) {
      return false;
    }
    lintScore = judgement.score();
    // A score that is no number is none.
    if (lintScore >= PythonScriptValidator.LINT_SCORE) {
      return add("lint", "");
    }
    String headline =
        String.format(
            Locale.ROOT,
            "pylint's score is %.2f; %.1f is needed",
            lintScore,
            PythonScriptValidator.LINT_SCORE);
    return add("lint", headline + "\n" + String.join("\n", judgement.findings()));
  }

  boolean tests(Judgement judgement) {
    testsPassed = judgement.passed();
    testsFailed = judgement.failed();
    String failures = String.join("\n", judgement.findings());
    if (testsPassed == 0 && failures.isEmpty()) {
      failures = "there is no test";
    }
    return add("tests", failures)
        && add(
            "mutants",
            judgement.survivors().isEmpty()
                ? ""
                : "the tests also pass on a script that "
                    + String.join("; or one that ", judgement.survivors()));
  }

  ValidationReport report() {
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new ValidationReport(steps, testsPassed, testsFailed, lintScore, millis);
  }
}
