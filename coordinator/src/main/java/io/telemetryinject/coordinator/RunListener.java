package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.model.Effort;
import java.time.Duration;

/** Hears how a run goes, for progress; called from several threads. */
public interface RunListener {

  /** The tree is listed: this many source files are to be looked at. */
  void listed(int sourceFiles);

  /** A file was taken apart, or found finished: so many functions, and of those so many tasks. */
  void planned(int functions, int tasks);

  /** Outcomes came in for so many tasks. */
  void decided(int tasks);

  /** A file is in the output. */
  void written();

  /** What became of a file's functions is settled; told before the file counts as written. */
  default void settled(FileRecord file) {}

  /** What the run has taken so far, and how many of its tasks found their script in the cache. */
  default void spent(Effort effort, int cacheHits) {}

  /** The run has come to its end, and its output is complete. */
  default void reported(RunReport report) {}

  /** Everything is handed out, and nothing has been decided or written for so long. */
  default void waiting(Duration idle) {}

  /** A sentence for a person, of what the run could not rely on. */
  default void remark(String sentence) {}

  /** Tells two listeners everything. */
  static RunListener both(RunListener first, RunListener second) {
    return new BothListeners(first, second);
  }

  /** Hears nothing. */
  static RunListener silent() {
    return new RunListener() {
      @Override
      public void listed(int sourceFiles) {}

      @Override
      public void planned(int functions, int tasks) {}

      @Override
      public void decided(int tasks) {}

      @Override
      public void written() {}
    };
  }
}
