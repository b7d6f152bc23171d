package io.telemetryinject.cli;

import static java.util.stream.Collectors.joining;

import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.order.Reasons;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.Outcome;
import java.io.PrintStream;
import java.util.Locale;
import java.util.TreeMap;

/** What a run came to, for a person. */
final class Summary {
  private static final int SHOWN = 10;

  private final PrintStream out;

  Summary(PrintStream out) {
    this.out = out;
  }

  void print(RunReport report, String where) {
    Effort effort = report.effort();
    line("functions   %,d in %,d files%s", report.functions(), report.files(), kept(report));
    line(
        "outcomes    %,d applied, %,d unchanged, %,d skipped, %,d rejected, %,d failed",
        report.applied(), report.unchanged(), report.skipped(), report.rejected(), report.failed());
    line("cache hits  %,d of %,d%s", report.cacheHits(), report.tasks(), rate(report));
    if (!effort.misses().isEmpty()) {
      line("misses      %s", misses(effort));
    }
    line(
        "scripts     %,d generated%s in %.1f s",
        effort.scriptsGenerated(), adopted(effort), effort.generationMillis() / 1e3);
    line(
        "time        %.1f s in all, %.1f s of it executing scripts",
        report.totalMillis() / 1e3, effort.executionMicros() / 1e6);
    line(
        "model       %,d calls, %,d tokens, $%.2f%s",
        effort.modelCalls(), effort.modelTokens(), effort.microDollars() / 1e6, healed(effort));
    line("result      %s", where);
    printProblems(report);
  }

  private void printProblems(RunReport report) {
    int problems = report.rejected() + report.failed();
    if (problems == 0) {
      return;
    }
    line("");
    line("%,d left as they were%s:", problems, problems > SHOWN ? ", for example" : "");
    report.notApplied().stream()
        .filter(e -> isProblem(e.function().outcome()))
        .limit(SHOWN)
        .forEach(e -> out.println("  " + describe(e)));
    if (problems > SHOWN) {
      line("--report FILE lists them all.");
    }
  }

  private static boolean isProblem(Outcome outcome) {
    return outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Failed;
  }

  private static String describe(RunReport.Entry entry) {
    String place = entry.path() + ":" + entry.function().line();
    return printable(place + " " + entry.function().qualifiedName())
        + "  "
        + Reasons.of(entry.function().outcome());
  }

  /** A file's name may hold anything, also what moves a terminal's cursor. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String adopted(Effort effort) {
    int scripts = effort.authoring().scriptsAdopted();
    return scripts == 0 ? "" : String.format(Locale.ROOT, ", %,d adopted", scripts);
  }

  private static String healed(Effort effort) {
    int rounds = effort.authoring().healRounds();
    return rounds == 0 ? "" : String.format(Locale.ROOT, ", %,d of them to heal a script", rounds);
  }

  private static String misses(Effort effort) {
    return new TreeMap<>(effort.misses())
        .entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey().word()))
            .collect(joining(", "));
  }

  private static String kept(RunReport report) {
    return report.filesKept() == 0
        ? ""
        : String.format(Locale.ROOT, " (%,d done by an earlier run)", report.filesKept());
  }

  private static String rate(RunReport report) {
    return report.tasks() == 0
        ? ""
        : String.format(Locale.ROOT, " (%.1f %%)", 100.0 * report.cacheHits() / report.tasks());
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
