package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keys that no author could write a script for, so that the next night does not pay again. An entry
 * holds until it expires, and only for the authors that failed. Unsigned: whoever forges one keeps
 * a model from being asked, and nothing else.
 */
public final class NegativeEntries {
  static final String DIRECTORY = "metadata/negative";

  private final ObjectStore store;
  private final Clock clock;

  public NegativeEntries(ObjectStore store, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private record Entry(
      ScriptKey key,
      String authors,
      String detail,
      @JsonProperty("expires_at") Instant expiresAt) {}

  /** What these authors failed on, if they did and it still holds. */
  public Optional<String> detail(ScriptKey key, String authors) throws IOException {
    try {
      return store
          .read(objectKey(key), CacheJson.MAX_BYTES)
          .flatMap(bytes -> CacheJson.read(bytes, Entry.class))
          .filter(e -> key.equals(e.key()) && authors.equals(e.authors()))
          .filter(e -> e.expiresAt() != null && clock.instant().isBefore(e.expiresAt()))
          .map(e -> String.valueOf(e.detail()));
    } catch (NotAnObjectException odd) {
      return Optional.empty();
    }
  }

  /** Notes that these authors failed. */
  public void put(ScriptKey key, String authors, String detail, Duration holds) throws IOException {
    Entry entry = new Entry(key, authors, detail, clock.instant().plus(holds));
    store.replace(objectKey(key), CacheJson.write(entry));
  }

  private static String objectKey(ScriptKey key) {
    return DIRECTORY + "/" + key.baseName() + ".json";
  }
}
