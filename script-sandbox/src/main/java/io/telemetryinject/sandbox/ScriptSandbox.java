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
   * Runs calls in order and answers each of them, whatever the scripts do. A call that ends its
   * batch is tried once more by itself; an answer that is wrong because of a sibling stays so:
   * {@link Isolation#CALL} gives the second look.
   *
   * @return one answer per call, in the calls' order
   * @throws SandboxUnavailableException where no worker can be started or locked up
   */
  List<ScriptAnswer> run(List<ScriptCall> calls, Isolation isolation);

  /**
   * Compiles whole files with the sandbox's interpreter, without running them.
   *
   * @param sources file contents, as bytes on disk
   * @return per source, empty when it compiles, else the compiler's message with its line
   * @throws SandboxUnavailableException when there is no verdict: the process was lost over a
   *     source twice, or this thread was interrupted
   */
  List<String> compile(List<byte[]> sources);

  @Override
  void close();
}
