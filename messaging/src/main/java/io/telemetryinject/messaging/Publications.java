package io.telemetryinject.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The sends of one poll: all are under way at once, and the poll ends when all have arrived. */
public final class Publications {
  private final List<CompletableFuture<?>> sends = new ArrayList<>();

  public void add(CompletableFuture<?> send) {
    sends.add(send);
  }

  /**
   * Waits for all of them.
   *
   * @throws java.util.concurrent.CompletionException when one could not be delivered; the poll must
   *     then not be acknowledged
   */
  public void await() {
    CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).join();
  }
}
