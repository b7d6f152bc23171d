package io.telemetryinject.cache;

import io.telemetryinject.cache.UsageCounts.Use;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts this process's use of the cache in a file that no other process writes. Every few seconds
 * is enough: the counters are for people, and a process that dies loses the last few.
 */
final class UsageRecorder {
  private static final Logger LOGGER = LoggerFactory.getLogger(UsageRecorder.class);
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(10);

  /** After that a new file is begun, so that {@link UsageLedger} may fold the old one up. */
  static final Duration FILE_LIFE = Duration.ofHours(6);

  private final ObjectStore store;
  private final Clock clock;
  private final Map<String, Use> entries = new HashMap<>();
  private long misses;
  private long negativeHits;
  private boolean changed;
  private String file;
  private Instant opened;
  private Instant flushed;

  UsageRecorder(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.opened = clock.instant();
    this.flushed = opened;
    this.file = newFile();
  }

  private static String newFile() {
    String process = Long.toString(ProcessHandle.current().pid());
    return UsageLedger.DIRECTORY
        + "/"
        + Machine.name()
        + "-"
        + process
        + "-"
        + UUID.randomUUID()
        + ".json";
  }

  synchronized void use(EntryName name, long hits, long executions, long nanos) {
    entries.merge(name.text(), new Use(hits, executions, nanos, clock.instant()), Use::plus);
    countedSomething();
  }

  synchronized void misses(long functions) {
    misses += Math.max(0, functions);
    countedSomething();
  }

  synchronized void negativeHit() {
    negativeHits++;
    countedSomething();
  }

  private void countedSomething() {
    changed = true;
    if (!clock.instant().isBefore(flushed.plus(FLUSH_EVERY))) {
      try {
        flush();
      } catch (IOException e) {
        // The work goes on; closing the cache reports it if it lasts.
        LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("usage not written");
      }
    }
  }

  /**
   * @return whether anything was recorded since the last flush
   */
  synchronized boolean flush() throws CacheException {
    flushed = clock.instant();
    if (!changed) {
      return false;
    }
    store.replace(file, CacheJson.write(new UsageCounts(misses, negativeHits, entries)));
    changed = false;
    if (flushed.isAfter(opened.plus(FILE_LIFE))) {
      entries.clear();
      misses = 0;
      negativeHits = 0;
      opened = flushed;
      file = newFile();
    }
    return true;
  }
}
