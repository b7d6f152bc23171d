package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.EntryObjects;
import io.telemetryinject.cache.EntryObjects.NewObject;
import io.telemetryinject.cache.s3.S3Requests.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes an entry once, without a lock: who creates the script has the name, writes the rest, the
 * metadata last. All others wait for the metadata. Nothing is ever written over, and no writer
 * removes what another has written: a name whose writer died stays used up until it is pruned, and
 * the script is stored as the next version.
 */
final class EntryCreation {
  private final S3Requests requests;
  private final Timing timing;

  /**
   * How long the steps may take.
   *
   * @param finished a writer that has not finished by then gives the name up
   * @param abandoned a name whose script is older, by the server's clock, is nobody's any more;
   *     well beyond {@code finished}, since a request may still be under way
   * @param leaving whoever finds such a name waits that long all the same: its entry may just be
   *     being removed, and then the name is free
   */
  record Timing(Duration finished, Duration abandoned, Duration leaving) {
    static final Timing USUAL =
        new Timing(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(2));
  }

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  EntryCreation(S3Requests requests, Timing timing) {
    this.requests = requireNonNull(requests, "requests is null");
    this.timing = requireNonNull(timing, "timing is null");
  }

  /** Beyond that nobody adds to what lies without metadata. */
  Duration settlesWithin() {
    return timing.abandoned().multipliedBy(2);
  }

  /**
   * @return false when the entry exists, is in quarantine, or is another's who did not finish
   */
  boolean create(EntryObjects entry) throws CacheException {
    long began = System.nanoTime();
    while (true) {
      long reserved = System.nanoTime();
      if (requests.create(entry.script().key(), entry.script().bytes())) {
        return !exists(entry.marker()) && finish(entry, reserved);
      }
      if (!becomesFree(entry, began)) {
        return false;
      }
    }
  }

  /** Waits for what comes of the name: an entry, nothing any more, or room for a new one. */
  private boolean becomesFree(EntryObjects entry, long began) throws CacheException {
    for (int round = 0; !exists(entry.metadata().key()); round++) {
      Optional<Standing> script = requests.head(entry.script().key());
      if (script.isEmpty()) {
        return true;
      }
      if (script.get().age().compareTo(timing.abandoned()) > 0
          && since(began).compareTo(timing.leaving()) > 0) {
        return false;
      }
      pause(round, entry);
    }
    return false;
  }

  private boolean finish(EntryObjects entry, long reserved) throws CacheException {
    List<NewObject> rest = entry.contents().subList(1, entry.contents().size());
    for (NewObject content : rest) {
      if (!inTime(reserved) || !requests.create(content.key(), content.bytes())) {
        // What lies here belongs to no entry and to no writer; pruning knows how old it is.
        return false;
      }
    }
    return inTime(reserved) && requests.create(entry.metadata().key(), entry.metadata().bytes());
  }

  private boolean inTime(long reserved) {
    return since(reserved).compareTo(timing.finished()) < 0;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private boolean exists(String key) throws CacheException {
    return requests.head(key).isPresent();
  }

  private void pause(int round, EntryObjects entry) throws CacheException {
    long longest = Math.min(FIRST_PAUSE.toNanos() << Math.min(round, 16), LONGEST_PAUSE.toNanos());
    Patience.sleep(
        ThreadLocalRandom.current().nextLong(longest / 2, longest + 1),
        "cannot write",
        requests.location(entry.metadata().key()));
  }
}
