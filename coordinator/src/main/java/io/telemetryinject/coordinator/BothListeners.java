package io.telemetryinject.coordinator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.RunPolicy;
import java.time.Duration;

/** Passes on to two listeners whatever a run tells. */
record BothListeners(RunListener first, RunListener second) implements RunListener {
  BothListeners {
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
  }

  @Override
  public void listed(int sourceFiles) {
    first.listed(sourceFiles);
    second.listed(sourceFiles);
  }

  @Override
  public void planned(int functions, int tasks) {
    first.planned(functions, tasks);
    second.planned(functions, tasks);
  }

  @Override
  public void decided(int tasks) {
    first.decided(tasks);
    second.decided(tasks);
  }

  @Override
  public void written() {
    first.written();
    second.written();
  }

  @Override
  public void settled(FileRecord file, boolean found) {
    first.settled(file, found);
    second.settled(file, found);
  }

  @Override
  public void began(RunLedger ledger, RunPolicy policy) {
    first.began(ledger, policy);
    second.began(ledger, policy);
  }

  @Override
  public void answered(int tasks, Duration passage) {
    first.answered(tasks, passage);
    second.answered(tasks, passage);
  }

  @Override
  public void refused(FunctionRecord file) {
    first.refused(file);
    second.refused(file);
  }

  @Override
  public void ended() {
    first.ended();
    second.ended();
  }

  @Override
  public void spent(Effort effort, int cacheHits) {
    first.spent(effort, cacheHits);
    second.spent(effort, cacheHits);
  }

  @Override
  public void reported(RunReport report) {
    first.reported(report);
    second.reported(report);
  }

  @Override
  public void waiting(Duration idle) {
    first.waiting(idle);
    second.waiting(idle);
  }

  @Override
  public void remark(String sentence) {
    first.remark(sentence);
    second.remark(sentence);
  }
}
