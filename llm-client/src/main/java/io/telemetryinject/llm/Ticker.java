package io.telemetryinject.llm;

import java.util.concurrent.TimeUnit;

/** Time that passes and can be waited for; tests bring their own. */
interface Ticker {
  /** Nanoseconds since some moment. */
  long nanos();

  void sleep(long nanos) throws InterruptedException;

  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    };
  }
}
