package io.telemetryinject.cache;

import io.telemetryinject.cache.MissLedger.Page;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes which keys this process found no script for, run by run, in files that no other process
 * writes. Every few seconds is enough: the notes are for people.
 */
final class MissRecorder {
  private static final Logger LOGGER = LoggerFactory.getLogger(MissRecorder.class);
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(10);

  /** A run that missed nothing for so long is not noted any further: a new file would begin. */
  private static final Duration RUN_LIFE = Duration.ofHours(1);

  /** A run by signature may miss on every function; people read no more than that. */
  private static final int MOST_KEYS = 10_000;

  private final ObjectStore store;
  private final Clock clock;
  private final Map<Execution, Notes> runs = new HashMap<>();
  private Instant flushed;

  MissRecorder(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.flushed = clock.instant();
  }

  private record Execution(RunId run, String id) {}

  private static final class Notes {
    private final Map<String, MissLedger.Miss> misses = new TreeMap<>();
    private final String file;
    private Instant changed;
    private boolean written;

    Notes(RunId run, Instant now) {
      this.file =
          MissLedger.DIRECTORY
              + "/"
              + run.digest().substring(0, 12)
              + "-"
              + Machine.name()
              + "-"
              + UUID.randomUUID()
              + ".json";
      this.changed = now;
    }
  }

  synchronized void miss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {
    Notes notes =
        runs.computeIfAbsent(
            new Execution(run, execution), e -> new Notes(e.run(), clock.instant()));
    if (notes.misses.size() < MOST_KEYS || notes.misses.containsKey(key.baseName())) {
      notes.misses.merge(
          key.baseName(), new MissLedger.Miss(reason, functions), MissLedger.Miss::plus);
    }
    notes.changed = clock.instant();
    notes.written = false;
    if (!clock.instant().isBefore(flushed.plus(FLUSH_EVERY))) {
      try {
        flush();
      } catch (IOException e) {
        // The work goes on; closing the cache reports it if it lasts.
        LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("misses not written");
      }
    }
  }

  synchronized void flush() throws CacheException {
    flushed = clock.instant();
    for (Iterator<Map.Entry<Execution, Notes>> i = runs.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Execution, Notes> run = i.next();
      Notes notes = run.getValue();
      if (!notes.written) {
        Page page =
            new Page(run.getKey().run().digest(), run.getKey().id(), notes.changed, notes.misses);
        store.replace(notes.file, CacheJson.write(page));
        notes.written = true;
      }
      if (notes.changed.plus(RUN_LIFE).isBefore(flushed)) {
        i.remove();
      }
    }
  }
}
