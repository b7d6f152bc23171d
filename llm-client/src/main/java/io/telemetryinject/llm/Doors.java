package io.telemetryinject.llm;

/** Whether a model still takes prompts. */
final class Doors {
  static final Attempt END = Attempt.uncalled(Ending.UNAVAILABLE, "the model was closed");

  private volatile boolean closed;

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
