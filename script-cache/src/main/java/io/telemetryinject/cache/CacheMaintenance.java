package io.telemetryinject.cache;

import io.telemetryinject.cache.Reading.Sound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people do to a cache as a whole; safe beside running workers. */
public final class CacheMaintenance {
  private final ObjectStore store;
  private final EntryCatalogue catalogue;
  private final UsageLedger usage;
  private final Clock clock;

  public CacheMaintenance(ObjectStore store) {
    this(store, Clock.systemUTC());
  }

  CacheMaintenance(ObjectStore store, Clock clock) {
    this.store = store;
    this.catalogue = new EntryCatalogue(store);
    this.usage = new UsageLedger(store, clock);
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
    return store.isCache() ? new IndexBuilder(store, clock).statistics() : CacheStatistics.none();
  }

  /** Why the last run that missed scripts missed them; nothing when none ever did. */
  public Optional<MissReport> lastMisses() throws IOException {
    return store.isCache() ? new MissLedger(store).lastRun() : Optional.empty();
  }

  /** Removes everything that is the cache's, and nothing else; an empty cache remains. */
  public Removed clear() throws IOException {
    if (!store.isCache()) {
      return new Removed(List.of(), 0);
    }
    return new CacheSweep(store, catalogue, clock).all();
  }

  /**
   * Removes entries, also those in quarantine, that were neither used nor made for that long, what
   * authors tried and noted so long ago, and what writers that died have left.
   */
  public Removed prune(Duration unused) throws IOException {
    if (!store.isCache()) {
      return new Removed(List.of(), 0);
    }
    Instant limit = clock.instant().minus(unused);
    CacheSweep sweep = new CacheSweep(store, catalogue, clock);
    IndexBuilder.Listing listing = new IndexBuilder(store, clock).listing();
    for (EntryName name : catalogue.names()) {
      IndexedScript script = listing.scripts().get(name.text());
      Instant made = script == null ? sweep.written(name) : script.createdAt();
      if (listing.counts().of(name).lastUsed().isBefore(limit) && made.isBefore(limit)) {
        sweep.remove(name);
      }
    }
    sweep.leftovers();
    sweep.evidence(limit);
    try (ObjectStore.Lock lock = store.lock()) {
      usage.fold();
    }
    rebuildIndex();
    return sweep.removed();
  }

  /** Checks every entry as a read would, digest and signature; what fails is quarantined. */
  public List<CacheFinding> validate(ScriptVerifier verifier, QuarantineListener listener)
      throws IOException {
    if (!store.isCache()) {
      return List.of();
    }
    Quarantine quarantine = new Quarantine(store, listener, clock);
    return new CacheInspection(
            store, catalogue, usage, new EntryReader(store::read, verifier), quarantine)
        .findings();
  }

  /** Names of all usable entries, in alphabetical order. */
  public List<String> usable() throws IOException {
    return store.isCache()
        ? EntryListing.of(store).usable().stream().sorted().map(EntryName::text).toList()
        : List.of();
  }

  /** Reads an entry with its tests; nothing when it is gone or not sound. */
  public Optional<AuditedScript> audit(String name, ScriptVerifier verifier) throws IOException {
    Optional<EntryName> entry = EntryName.parse(name);
    if (entry.isEmpty()
        || !(new EntryReader(store::read, verifier).read(entry.get()) instanceof Sound sound)) {
      return Optional.empty();
    }
    StoredEntry stored = sound.entry();
    return Optional.of(
        new AuditedScript(
            name,
            stored.key(),
            stored.version(),
            stored.madeFor(),
            sound.script(),
            new String(sound.copy().tests(), StandardCharsets.UTF_8),
            stored.modelGeneratedBy(),
            stored.learnedLessonsApplied()));
  }

  /** Takes an entry out of use. */
  public void quarantine(String name, String reason, QuarantineListener listener)
      throws IOException {
    Optional<EntryName> entry = EntryName.parse(name);
    if (entry.isPresent()) {
      new Quarantine(store, listener, clock).put(entry.get(), reason);
    }
  }

  /**
   * Brings {@code metadata/script_index.json} up to date.
   *
   * @return the figures in it, and more
   */
  public CacheStatistics rebuildIndex() throws IOException {
    return store.isCache() ? new IndexBuilder(store, clock).rebuild() : CacheStatistics.none();
  }
}
