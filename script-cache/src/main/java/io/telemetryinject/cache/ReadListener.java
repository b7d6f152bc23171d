package io.telemetryinject.cache;

import java.util.Locale;

/** Is told of every script that is read, and where it was found. */
@FunctionalInterface
public interface ReadListener {

  /** Where a script was found, the nearest place first. */
  enum Tier {
    /** In this process's memory. */
    PROCESS,
    /** Among this machine's copies of a bucket's entries. */
    LOCAL,
    /** In the cache itself: a bucket, or a directory. */
    STORE;

    /** Lower case, as in metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void read(Tier tier);

  /** Hears nothing. */
  static ReadListener none() {
    return tier -> {};
  }
}
