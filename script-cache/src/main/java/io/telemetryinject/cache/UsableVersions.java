package io.telemetryinject.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Versions that exist and are not in quarantine, as the names of metadata and markers have it. */
record UsableVersions(Map<String, NavigableSet<Integer>> byBase) {
  static UsableVersions of(List<String> names) {
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
    return new UsableVersions(usable);
  }

  /** Newest first. */
  List<Integer> of(String base) {
    NavigableSet<Integer> versions = byBase.get(base);
    return versions == null ? List.of() : List.copyOf(versions.descendingSet());
  }

  List<EntryName> names() {
    List<EntryName> names = new ArrayList<>();
    byBase.forEach((base, versions) -> versions.forEach(v -> names.add(new EntryName(base, v))));
    return names;
  }
}
