package io.telemetryinject.cache;

import io.telemetryinject.cache.CacheFinding.Kind;
import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.cache.Quarantine.Marker;
import io.telemetryinject.cache.Reading.Damaged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at everything in the cache, and says what is not as it should be. */
final class CacheInspection {
  private final ObjectStore store;
  private final EntryCatalogue catalogue;
  private final UsageLedger usage;
  private final EntryReader reader;
  private final Quarantine quarantine;
  private final List<CacheFinding> findings = new ArrayList<>();

  CacheInspection(
      ObjectStore store,
      EntryCatalogue catalogue,
      UsageLedger usage,
      EntryReader reader,
      Quarantine quarantine) {
    this.store = store;
    this.catalogue = catalogue;
    this.usage = usage;
    this.reader = reader;
    this.quarantine = quarantine;
  }

  List<CacheFinding> findings() throws IOException {
    Set<EntryName> entries = catalogue.names();
    for (EntryName name : entries) {
      inspect(name);
    }
    for (String key : catalogue.objects().keySet()) {
      Optional<EntryName> owner = EntryCatalogue.owner(key);
      if (owner.isEmpty()) {
        add(Kind.FOREIGN, key, "is not a file of this cache");
      } else if (!entries.contains(owner.get()) && !store.exists(owner.get().metadata())) {
        add(Kind.LEFTOVER, key, "belongs to no entry");
      }
    }
    for (String name : usage.unreadable()) {
      add(Kind.FOREIGN, UsageLedger.DIRECTORY + "/" + name, "holds no counters");
    }
    return List.copyOf(findings);
  }

  private void inspect(EntryName name) {
    try {
      if (quarantine.holds(name)) {
        add(Kind.QUARANTINED, name.text(), reason(name));
      } else if (reader.read(name) instanceof Damaged damaged) {
        quarantine.putIfWritable(name, damaged.reason());
        add(Kind.DAMAGED, name.text(), damaged.reason());
      }
    } catch (IOException e) {
      add(Kind.UNREADABLE, name.text(), String.valueOf(e.getMessage()));
    }
  }

  private String reason(EntryName name) throws IOException {
    try {
      return store
          .read(name.marker(), CacheJson.MAX_BYTES)
          .flatMap(bytes -> CacheJson.read(bytes, Marker.class))
          .map(marker -> String.valueOf(marker.reason()))
          .orElse("the reason cannot be read");
    } catch (NotAnObjectException e) {
      return "the reason cannot be read";
    }
  }

  private void add(Kind kind, String name, String detail) {
    findings.add(new CacheFinding(kind, name, detail));
  }
}
