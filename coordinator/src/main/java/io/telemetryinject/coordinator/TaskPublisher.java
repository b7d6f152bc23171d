package io.telemetryinject.coordinator;

import io.telemetryinject.model.FunctionTaskBatch;
import java.io.IOException;

/** Where the coordinator sends tasks; their outcomes come back to {@link RunLedger#accept}. */
public interface TaskPublisher {

  /** Waits until another file's tasks may be sent: before it is taken apart, not after. */
  default void awaitRoom() throws InterruptedException {}

  /**
   * Sends tasks on their way. May block when too many are under way.
   *
   * @throws IOException when they cannot be sent
   */
  void publish(FunctionTaskBatch batch) throws IOException, InterruptedException;

  /**
   * Asked now and then while outcomes are awaited.
   *
   * @throws IOException when tasks that were sent will not be worked on
   */
  void check() throws IOException;
}
