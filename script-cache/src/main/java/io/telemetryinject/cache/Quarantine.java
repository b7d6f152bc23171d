package io.telemetryinject.cache;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Takes entries out of use by a marker beside their metadata; nothing is deleted. */
final class Quarantine {
  private static final Logger LOGGER = LoggerFactory.getLogger(Quarantine.class);

  private final ObjectStore store;
  private final QuarantineListener listener;
  private final Clock clock;

  /** Entries that this process refuses even where it may not write a marker. */
  private final Set<EntryName> refused = ConcurrentHashMap.newKeySet();

  Quarantine(ObjectStore store, QuarantineListener listener, Clock clock) {
    this.store = store;
    this.listener = listener;
    this.clock = clock;
  }

  /** What the marker says. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Marker(String entry, String reason, Instant quarantinedAt) {}

  boolean holds(EntryName name) throws CacheException {
    return refuses(name) || store.exists(name.marker());
  }

  /** As {@link #holds} for an entry of which it is known that it has no marker. */
  boolean refuses(EntryName name) {
    return refused.contains(name);
  }

  /** The first reason stays; whoever comes later with another has no effect. */
  void put(EntryName name, String reason) throws CacheException {
    if (refused.add(name)) {
      listener.quarantined(name.text(), reason);
    }
    Marker marker = new Marker(name.text(), reason, clock.instant());
    store.create(name.marker(), CacheJson.write(marker));
  }

  /** As {@link #put}, for readers, to whom a cache that they may not write to is no obstacle. */
  void putIfWritable(EntryName name, String reason) {
    try {
      put(name, reason);
    } catch (IOException e) {
      LOGGER
          .atWarn()
          .addKeyValue("entry", name.text())
          .addKeyValue("problem", e.getMessage())
          .log("quarantine holds in this process only");
    }
  }
}
