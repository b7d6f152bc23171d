package io.telemetryinject.cli.platform;

import java.io.PrintStream;

/** Tells who stops waiting for a run that the run itself goes on. */
final class Farewell implements AutoCloseable {
  private final Thread words;

  Farewell(PrintStream err, String run) {
    this.words =
        new Thread(
            () -> {
              err.println(
                  "telemetry-inject: no longer waiting; run "
                      + run
                      + " goes on in the cluster\n  See it: telemetry-inject logs --follow "
                      + run
                      + "\n  End it: telemetry-inject cancel "
                      + run);
              err.flush();
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(words);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(words);
    } catch (IllegalStateException e) {
      // The process is ending: the words are being said.
    }
  }
}
