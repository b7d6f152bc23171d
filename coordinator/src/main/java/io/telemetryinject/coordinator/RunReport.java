package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.RunId;
import java.util.List;

/**
 * How a run ended.
 *
 * @param files source files looked at
 * @param filesKept of those, found finished from an earlier run
 * @param functions found in them
 * @param applied instrumented by this run
 * @param unchanged instrumented already
 * @param skipped left alone by rule
 * @param rejected refused, functions and whole files
 * @param failed without a verdict
 * @param cacheHits tasks whose script was in the cache
 * @param tasks functions that needed a script in this run
 * @param effort what it took
 * @param totalMillis from start to end
 * @param notApplied every function, and whole file, that is not instrumented
 */
public record RunReport(
    RunId run,
    int files,
    int filesKept,
    int functions,
    int applied,
    int unchanged,
    int skipped,
    int rejected,
    int failed,
    int cacheHits,
    int tasks,
    Effort effort,
    long totalMillis,
    List<Entry> notApplied) {

  /** One function of one file. */
  public record Entry(String path, FunctionRecord function) {}

  public RunReport {
    notApplied = List.copyOf(notApplied);
  }

  /** Whether every function is instrumented or left alone by rule. */
  public boolean isClean() {
    return rejected == 0 && failed == 0;
  }
}
