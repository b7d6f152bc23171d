package io.telemetryinject.cache;

import io.telemetryinject.cache.CacheMaintenance.Removed;
import io.telemetryinject.cache.EntryCatalogue.Listed;
import io.telemetryinject.model.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes entries: the metadata first, so that a reader finds an entry whole or not at all; the
 * quarantine's marker last, so that it never sees a bad one without.
 */
final class CacheSweep {
  /** Nobody writes a file for that long. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final CacheFiles files;
  private final EntryCatalogue catalogue;
  private final Instant now;
  private final List<String> removed = new ArrayList<>();
  private long bytes;

  CacheSweep(CacheFiles files, EntryCatalogue catalogue, Clock clock) {
    this.files = files;
    this.catalogue = catalogue;
    this.now = clock.instant();
  }

  Removed removed() {
    return new Removed(removed, bytes);
  }

  Instant made(Listed listed) throws IOException {
    Optional<StoredEntry> entry = listed.entry();
    return entry.isPresent() ? entry.get().createdAt() : lastWritten(listed.name().metadata());
  }

  void remove(EntryName name) throws IOException {
    // No writer may put new contents under the name before the old ones are gone.
    try (WriteLock lock = WriteLock.take(files)) {
      delete(name.metadata());
      for (Language language : Language.values()) {
        delete(name.script(language));
        delete(name.tests(language));
      }
      delete(name.receipt());
      delete(name.marker());
    }
    removed.add(name.text());
  }

  /** Contents and markers without an entry, and half-written files, unless they are fresh. */
  void leftovers() throws IOException {
    try (WriteLock lock = WriteLock.take(files)) {
      Set<EntryName> entries = catalogue.names();
      for (String key : catalogue.objects()) {
        Optional<EntryName> owner = EntryCatalogue.owner(key);
        if (owner.isPresent() && !entries.contains(owner.get())) {
          deleteIfAbandoned(key);
        }
      }
    }
    for (String part : files.list(CacheFiles.PARTS)) {
      if (part.endsWith(".part")) {
        deleteIfAbandoned(CacheFiles.PARTS + "/" + part);
      }
    }
  }

  private void deleteIfAbandoned(String key) throws IOException {
    if (lastWritten(key).plus(ABANDONED).isBefore(now)) {
      delete(key);
    }
  }

  Removed all() throws IOException {
    for (EntryName name : catalogue.names()) {
      remove(name);
    }
    try (WriteLock lock = WriteLock.take(files)) {
      Set<EntryName> entries = catalogue.names();
      for (String key : catalogue.objects()) {
        Optional<EntryName> owner = EntryCatalogue.owner(key);
        if (owner.isPresent() && !entries.contains(owner.get())) {
          delete(key);
        }
      }
      deleteIn(UsageLedger.DIRECTORY, ".json");
      deleteIn(NegativeEntries.DIRECTORY, ".json");
      for (Language language : Language.values()) {
        deleteIn(AttemptStore.DIRECTORY + "/" + language.id(), "");
      }
      delete(IndexBuilder.INDEX);
    }
    return removed();
  }

  private void deleteIn(String directory, String ending) throws IOException {
    for (String name : files.list(directory)) {
      if (name.endsWith(ending)) {
        delete(directory + "/" + name);
      }
    }
  }

  private Instant lastWritten(String key) throws IOException {
    try {
      return Files.getLastModifiedTime(files.path(key), LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (NoSuchFileException gone) {
      return now;
    }
  }

  private void delete(String key) throws IOException {
    if (!Files.isDirectory(files.path(key), LinkOption.NOFOLLOW_LINKS)) {
      long size = files.exists(key) ? Files.size(files.path(key)) : 0;
      bytes += files.delete(key) ? size : 0;
    }
  }
}
