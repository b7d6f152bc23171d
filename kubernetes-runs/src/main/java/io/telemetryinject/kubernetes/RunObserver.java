package io.telemetryinject.kubernetes;

/** Is told what a run does while somebody waits for it. */
public interface RunObserver {
  /** The run's phase, or the reason why it waits, is another now. */
  void changed(RunStatus status);

  /**
   * A pod's log begins.
   *
   * @param number 1 for the first pod that is shown
   */
  void attempt(int number, String pod);

  /** A line of a log, without its end. */
  void line(String line);

  /** Something that one may want to know, as a sentence. */
  void remark(String sentence);
}
