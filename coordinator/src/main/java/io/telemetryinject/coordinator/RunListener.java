package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.RunPolicy;
import java.time.Duration;

/** Hears how a run goes, for progress; called from several threads. */
public interface RunListener {

  /** The run begins; its ledger tells at any time what it took so far. */
  default void began(RunLedger ledger, RunPolicy policy) {}

  /** The tree is listed: this many source files are to be looked at. */
  default void listed(int sourceFiles) {}

  /** A file was taken apart, or found finished: so many functions, and of those so many tasks. */
  default void planned(int functions, int tasks) {}

  /** Outcomes came in for so many tasks. */
  default void decided(int tasks) {}

  /** The same tasks, with the time from their way out to their outcomes' way in. */
  default void answered(int tasks, Duration passage) {}

  /** A file is in the output. */
  default void written() {}

  /**
   * What became of a file's functions is settled; told before the file counts as written.
   *
   * @param found whether an earlier run has done it
   */
  default void settled(FileRecord file, boolean found) {}

  /** What the run has taken so far, and how many of its tasks found their script in the cache. */
  default void spent(Effort effort, int cacheHits) {}

  /** The run has come to its end, and its output is complete. */
  default void reported(RunReport report) {}

  /** A whole file is refused before it is taken apart. */
  default void refused(FunctionRecord file) {}

  /** Everything is handed out, and nothing has been decided or written for so long. */
  default void waiting(Duration idle) {}

  /** A sentence for a person, of what the run could not rely on. */
  default void remark(String sentence) {}

  /** Tells two listeners everything. */
  static RunListener both(RunListener first, RunListener second) {
    return new BothListeners(first, second);
  }

  /** The run is over, one way or another. */
  default void ended() {}

  /** Hears nothing. */
  static RunListener silent() {
    return new RunListener() {};
  }
}
