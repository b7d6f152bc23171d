package io.telemetryinject.cache;

import io.telemetryinject.cache.EntryCatalogue.Listed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people do to a cache directory as a whole; safe beside running workers. */
public final class CacheMaintenance {
  private final CacheFiles files;
  private final EntryCatalogue catalogue;
  private final UsageLedger usage;
  private final Clock clock;

  public CacheMaintenance(Path directory) {
    this(directory, Clock.systemUTC());
  }

  CacheMaintenance(Path directory, Clock clock) {
    this.files = new CacheFiles(directory);
    this.catalogue = new EntryCatalogue(files);
    this.usage = new UsageLedger(files, clock);
    this.clock = clock;
  }

  /**
   * What was removed.
   *
   * @param entries names of entries
   * @param bytes of all files
   */
  public record Removed(List<String> entries, long bytes) {
    public Removed {
      entries = List.copyOf(entries);
    }
  }

  /** Figures over all entries and all processes' counters; changes nothing. */
  public CacheStatistics statistics() throws IOException {
    return files.isCache()
        ? new IndexBuilder(files, clock).statistics()
        : new CacheStatistics(0, 0, 0, 0, 0, 0);
  }

  /** Removes everything that is the cache's, and nothing else; an empty cache remains. */
  public Removed clear() throws IOException {
    if (!files.isCache()) {
      return new Removed(List.of(), 0);
    }
    return new CacheSweep(files, catalogue, clock).all();
  }

  /**
   * Removes entries, also those in quarantine, that were neither used nor made for that long, and
   * what writers that died have left.
   */
  public Removed prune(Duration unused) throws IOException {
    if (!files.isCache()) {
      return new Removed(List.of(), 0);
    }
    Instant limit = clock.instant().minus(unused);
    UsageCounts counts = usage.total();
    CacheSweep sweep = new CacheSweep(files, catalogue, clock);
    for (Listed listed : catalogue.entries()) {
      Instant used = counts.of(listed.name()).lastUsed();
      if (used.isBefore(limit) && sweep.made(listed).isBefore(limit)) {
        sweep.remove(listed.name());
      }
    }
    sweep.leftovers();
    try (WriteLock lock = WriteLock.take(files)) {
      usage.fold();
    }
    rebuildIndex();
    return sweep.removed();
  }

  /** Checks every entry as a read would, digest and signature; what fails is quarantined. */
  public List<CacheFinding> validate(ScriptVerifier verifier, QuarantineListener listener)
      throws IOException {
    if (!files.isCache()) {
      return List.of();
    }
    Quarantine quarantine = new Quarantine(files, listener, clock);
    return new CacheInspection(
            files, catalogue, usage, new EntryReader(files, verifier), quarantine)
        .findings();
  }

  /** Derives {@code metadata/script_index.json} anew. */
  public void rebuildIndex() throws IOException {
    if (files.isCache()) {
      new IndexBuilder(files, clock).rebuild();
    }
  }
}
