package io.telemetryinject.coordinator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.model.Effort;
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
  public void settled(FileRecord file) {
    first.settled(file);
    second.settled(file);
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
