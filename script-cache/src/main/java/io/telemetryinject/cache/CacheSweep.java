package io.telemetryinject.cache;

import io.telemetryinject.cache.CacheMaintenance.Removed;
import io.telemetryinject.model.Language;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes entries: the metadata first, so that a reader finds an entry whole or not at all; the
 * quarantine's marker last, so that it never sees a bad one without.
 */
final class CacheSweep {
  /** Nobody writes a file for that long. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final ObjectStore store;
  private final EntryCatalogue catalogue;
  private final Instant now;
  private final List<String> removed = new ArrayList<>();
  private @Nullable Map<String, StoredObject> known;
  private long bytes;

  CacheSweep(ObjectStore store, EntryCatalogue catalogue, Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.now = clock.instant();
  }

  Removed removed() {
    return new Removed(removed, bytes);
  }

  /** When an entry was written; now, when it is gone. */
  Instant written(EntryName name) throws CacheException {
    return store.find(name.metadata()).map(StoredObject::lastModified).orElse(now);
  }

  /** What goes with entries and is worth nothing after so long. */
  void evidence(Instant limit) throws IOException {
    for (Language language : Language.values()) {
      deleteIn(AttemptStore.DIRECTORY + "/" + language.id(), "", limit);
    }
    deleteIn(NegativeEntries.DIRECTORY, ".json", limit);
    deleteIn(MissLedger.DIRECTORY, ".json", limit);
  }

  /** A name is free again when its script is gone, so that scripts go after all other contents. */
  void remove(EntryName name) throws IOException {
    // No writer may put new contents under the name before the old ones are gone.
    try (ObjectStore.Lock lock = store.lock()) {
      delete(name.metadata());
      for (Language language : Language.values()) {
        delete(name.tests(language));
      }
      delete(name.receipt());
      for (Language language : Language.values()) {
        delete(name.script(language));
      }
      delete(name.marker());
    }
    removed.add(name.text());
  }

  /** Contents and markers without an entry, and half-written files, unless they are fresh. */
  void leftovers() throws IOException {
    try (ObjectStore.Lock lock = store.lock()) {
      removeContentsWithoutEntry(now.minus(ABANDONED));
    }
    deleteIn(PartFiles.DIRECTORY, ".part", now.minus(ABANDONED));
  }

  private void removeContentsWithoutEntry(Instant limit) throws IOException {
    Map<String, StoredObject> objects = catalogue.objects();
    Set<EntryName> entries = catalogue.names();
    List<String> keys = new ArrayList<>(objects.keySet());
    keys.sort(Comparator.comparing(key -> key.startsWith(EntryName.SCRIPTS + "/")));
    for (String key : keys) {
      Optional<EntryName> owner = EntryCatalogue.owner(key);
      if (owner.isPresent() && !entries.contains(owner.get())) {
        deleteIfOlder(key, objects.get(key), limit);
      }
    }
  }

  Removed all() throws IOException {
    for (EntryName name : catalogue.names()) {
      remove(name);
    }
    try (ObjectStore.Lock lock = store.lock()) {
      removeContentsWithoutEntry(
          store.settlesWithin().isZero() ? Instant.MAX : now.minus(store.settlesWithin()));
      deleteIn(UsageLedger.DIRECTORY, ".json", Instant.MAX);
      evidence(Instant.MAX);
      store.delete(IndexBuilder.INDEX);
    }
    return removed();
  }

  private void deleteIn(String directory, String ending, Instant limit) throws IOException {
    for (StoredObject object : store.list(directory, "")) {
      if (object.name().endsWith(ending)) {
        deleteIfOlder(directory + "/" + object.name(), object, limit);
      }
    }
  }

  /** Only of what was listed once its entry was known: a request per name that may be is many. */
  private void delete(String key) throws IOException {
    if (known == null) {
      known = catalogue.objects();
    }
    deleteIfOlder(key, known.get(key), Instant.MAX);
  }

  private void deleteIfOlder(String key, @Nullable StoredObject object, Instant limit)
      throws IOException {
    if (object != null && object.lastModified().isBefore(limit)) {
      bytes += store.delete(key) ? object.bytes() : 0;
    }
  }
}
