package io.telemetryinject.sandbox;

import java.util.List;

/**
 * A place where untrusted scripts run without reaching anything else. Safe for use by many threads:
 * each call has a worker process to itself while it lasts.
 */
public interface ScriptSandbox extends AutoCloseable {

  /** How far the calls of one batch are kept apart. */
  enum Isolation {
    /** One process for the batch: fast; calls can disturb one another, which verification shows. */
    BATCH,
    /** One process per call: for a second look at a batch that held a rejected answer. */
    CALL
  }

  /**
   * Runs calls in order and answers each of them, whatever the scripts do.
   *
   * @return one answer per call, in the calls' order
   */
  List<ScriptAnswer> run(List<ScriptCall> calls, Isolation isolation);

  /**
   * Compiles whole files with the sandbox's interpreter, without running them.
   *
   * @param sources file contents, as bytes on disk
   * @return per source, empty when it compiles, else the compiler's message with its line
   */
  List<String> compile(List<byte[]> sources);

  @Override
  void close();
}
