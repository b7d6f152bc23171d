package io.telemetryinject.cache;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;

/** Has scripts for one key written by one thread at a time, over all processes of a fleet. */
public interface ScriptClaims {

  /** Waits until nobody else writes for this key. */
  Claim take(ScriptKey key) throws IOException, InterruptedException;

  /**
   * The same for tests that scripts of several keys share. May be taken by who holds a claim to a
   * script, and not the other way round.
   */
  Claim takeTests(ScriptKey subject) throws IOException, InterruptedException;

  /** Held by the thread that took it. */
  interface Claim extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
