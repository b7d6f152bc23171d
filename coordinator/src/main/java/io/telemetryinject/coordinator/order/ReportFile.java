package io.telemetryinject.coordinator.order;

import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.model.Effort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The summary as JSON, with an entry for every function that was not instrumented. */
public final class ReportFile {
  private final JsonMapper mapper =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private record Document(
      String run,
      int files,
      int filesKept,
      int functions,
      Map<String, Integer> outcomes,
      Map<String, Integer> reasons,
      int cacheHits,
      int cacheMisses,
      Map<String, Integer> missReasons,
      int scriptsGenerated,
      int scriptsAdopted,
      double generationSeconds,
      double executionSeconds,
      double totalSeconds,
      int llmCalls,
      long llmTokens,
      int healRounds,
      double costUsd,
      boolean budgetReached,
      List<Line> notApplied) {}

  private record Line(
      String path, String qualifiedName, int line, String outcome, String reason, String detail) {}

  /** Writes a report. */
  public void write(RunReport report, Path file) {
    Map<String, Integer> outcomes = new TreeMap<>();
    outcomes.put("applied", report.applied());
    outcomes.put("unchanged", report.unchanged());
    outcomes.put("skipped", report.skipped());
    outcomes.put("rejected", report.rejected());
    outcomes.put("failed", report.failed());
    Map<String, Integer> reasons = new TreeMap<>();
    List<Line> lines = report.notApplied().stream().map(ReportFile::line).toList();
    lines.forEach(line -> reasons.merge(line.reason(), 1, Integer::sum));
    Effort effort = report.effort();
    Map<String, Integer> misses = new TreeMap<>();
    effort.misses().forEach((reason, functions) -> misses.put(reason.word(), functions));
    mapper.writeValue(
        file,
        new Document(
            report.run().digest(),
            report.files(),
            report.filesKept(),
            report.functions(),
            outcomes,
            reasons,
            report.cacheHits(),
            report.tasks() - report.cacheHits(),
            misses,
            effort.scriptsGenerated(),
            effort.authoring().scriptsAdopted(),
            effort.generationMillis() / 1e3,
            effort.executionMicros() / 1e6,
            report.totalMillis() / 1e3,
            effort.modelCalls(),
            effort.modelTokens(),
            effort.authoring().healRounds(),
            effort.microDollars() / 1e6,
            effort.authoring().overBudget() > 0,
            lines));
  }

  private static Line line(RunReport.Entry entry) {
    return new Line(
        entry.path(),
        entry.function().qualifiedName(),
        entry.function().line(),
        Reasons.kindOf(entry.function().outcome()),
        Reasons.nameOf(entry.function().outcome()),
        Reasons.detailOf(entry.function().outcome()));
  }
}
