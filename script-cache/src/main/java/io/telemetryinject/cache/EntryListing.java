package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which entries exist, read again only when their directory has changed. A listing that is a moment
 * old does no harm: a missed entry is adopted when it is created again, a vanished one is absent
 * when it is read.
 */
final class EntryListing {
  /** Changes within one tick of the file system's clock leave the same time on a directory. */
  private static final Duration TICK = Duration.ofMillis(50);

  private final CacheFiles files;
  private volatile @Nullable Snapshot snapshot;

  EntryListing(CacheFiles files) {
    this.files = files;
  }

  /**
   * @param changed the directory's own time when it was listed
   * @param settled whether a change after the listing would show in that time
   */
  private record Snapshot(
      FileTime changed, boolean settled, Map<String, NavigableSet<Integer>> usable) {}

  /** Versions that exist and are not in quarantine, newest first. */
  List<Integer> usableVersions(String base) throws CacheException {
    NavigableSet<Integer> versions = current().get(base);
    return versions == null ? List.of() : List.copyOf(versions.descendingSet());
  }

  /** All entries that exist and are not in quarantine. */
  List<EntryName> usable() throws CacheException {
    List<EntryName> names = new ArrayList<>();
    current().forEach((base, versions) -> versions.forEach(v -> names.add(new EntryName(base, v))));
    return names;
  }

  private Map<String, NavigableSet<Integer>> current() throws CacheException {
    Path directory = files.path(EntryName.ENTRIES);
    FileTime changed;
    try {
      changed = Files.getLastModifiedTime(directory);
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (IOException e) {
      throw CacheException.of("cannot list", directory, e);
    }
    Snapshot current = snapshot;
    if (current == null || !current.settled() || !current.changed().equals(changed)) {
      boolean settled = changed.toInstant().plus(TICK).isBefore(Instant.now());
      current = new Snapshot(changed, settled, list());
      snapshot = current;
    }
    return current.usable();
  }

  private Map<String, NavigableSet<Integer>> list() throws CacheException {
    List<String> names = files.list(EntryName.ENTRIES);
    Map<String, NavigableSet<Integer>> usable = new HashMap<>();
    for (String name : names) {
      EntryName.ofMetadata(name)
          .ifPresent(
              e -> usable.computeIfAbsent(e.base(), base -> new TreeSet<>()).add(e.version()));
    }
    for (String name : names) {
      EntryName.ofMarker(name)
          .ifPresent(e -> usable.getOrDefault(e.base(), new TreeSet<>()).remove(e.version()));
    }
    return usable;
  }
}
