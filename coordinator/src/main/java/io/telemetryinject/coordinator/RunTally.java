package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Adds up what became of the files of a run. */
final class RunTally {
  private final List<RunReport.Entry> notApplied = new ArrayList<>();
  private int files;
  private int kept;
  private int applied;
  private int unchanged;
  private int tasks;

  synchronized void count(FileRecord fileRecord, boolean found) {
    files++;
    kept += found ? 1 : 0;
    applied += fileRecord.applied();
    unchanged += fileRecord.unchanged();
    notifyAll();
    fileRecord.others().forEach(f -> notApplied.add(new RunReport.Entry(fileRecord.path(), f)));
  }

  synchronized void countRefused(String path, FunctionRecord file) {
    notApplied.add(new RunReport.Entry(path, file));
  }

  synchronized void countTasks(int more) {
    tasks += more;
  }

  /** Waits until so many files are counted, or so many milliseconds have passed. */
  @SuppressWarnings("WaitNotInLoop") // the caller looks again, at this and at other things
  synchronized boolean await(int wanted, long millis) throws InterruptedException {
    if (files < wanted) {
      wait(millis);
    }
    return files >= wanted;
  }

  synchronized int files() {
    return files;
  }

  synchronized RunReport report(RunId run, RunLedger ledger, long millis) {
    notApplied.sort(
        Comparator.comparing(RunReport.Entry::path).thenComparing(e -> e.function().line()));
    long wholeFiles =
        notApplied.stream()
            .filter(e -> e.function().qualifiedName().equals(FunctionRecord.WHOLE_FILE))
            .count();
    return new RunReport(
        run,
        files,
        kept,
        (int) (applied + unchanged + notApplied.size() - wholeFiles),
        applied,
        unchanged,
        countOf(Outcome.Skipped.class),
        countOf(Outcome.Rejected.class),
        countOf(Outcome.Failed.class),
        ledger.cacheHits(),
        tasks,
        ledger.effort(),
        millis,
        notApplied);
  }

  private int countOf(Class<? extends Outcome> kind) {
    return (int) notApplied.stream().filter(e -> kind.isInstance(e.function().outcome())).count();
  }
}
