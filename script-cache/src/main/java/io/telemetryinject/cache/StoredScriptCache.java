package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.cache.Reading.Damaged;
import io.telemetryinject.cache.Reading.Sound;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scripts in a store, laid out as {@code docs/architecture.md} says. */
public final class StoredScriptCache implements ScriptCache {
  private static final Logger LOGGER = LoggerFactory.getLogger(StoredScriptCache.class);

  private static final int CHEAPLY_INDEXED = 200;

  private final EntryListing listing;
  private final EntryReader reader;
  private final Quarantine quarantine;
  private final UsageRecorder usage;
  private final MissRecorder misses;
  private final MissExplainer explainer;
  private final ObjectStore store;
  private final @Nullable EntryWriter writer;
  private final ScriptVerifier verifier;
  private final @Nullable ScriptSigner signer;
  private final QuarantineListener listener;
  private final @Nullable LocalCopies copies;
  private final ReadListener reads;
  private final Clock clock;
  private volatile boolean created;

  /** Full keys of entries whose metadata was read; an entry's key never changes. */
  private final Map<EntryName, ScriptKey> keys = new ConcurrentHashMap<>();

  private StoredScriptCache(
      ObjectStore store,
      ScriptVerifier verifier,
      @Nullable ScriptSigner signer,
      QuarantineListener listener,
      @Nullable LocalCopies copies,
      ReadListener reads,
      Clock clock) {
    this.store = store;
    this.clock = clock;
    this.verifier = verifier;
    this.signer = signer;
    this.listener = listener;
    this.copies = copies;
    this.reads = reads;
    this.listing = EntryListing.of(store);
    this.reader = new EntryReader(store::read, verifier);
    this.quarantine = new Quarantine(store, listener, clock);
    this.usage = new UsageRecorder(store, clock);
    this.misses = new MissRecorder(store, clock);
    this.explainer = new MissExplainer(store, new UsageLedger(store, clock));
    this.writer = signer == null ? null : new EntryWriter(store, signer);
  }

  /** A cache that can be read, for analyzers and executors. */
  public static StoredScriptCache reading(
      ObjectStore store, ScriptVerifier verifier, QuarantineListener listener) {
    return new StoredScriptCache(
        store, verifier, null, listener, null, ReadListener.none(), Clock.systemUTC());
  }

  /** A cache that can also be added to, for generators. */
  public static StoredScriptCache writing(
      ObjectStore store,
      ScriptVerifier verifier,
      ScriptSigner signer,
      QuarantineListener listener) {
    requireNonNull(signer, "signer is null");
    return new StoredScriptCache(
        store, verifier, signer, listener, null, ReadListener.none(), Clock.systemUTC());
  }

  /**
   * The same cache with copies of entries at hand: what was read once is read without the store,
   * and also when the store does not answer. A version that another process takes out of use stays
   * readable from its copy; {@link #latestVersion} no longer offers it, some seconds later.
   */
  public StoredScriptCache with(LocalCopies copies) {
    return new StoredScriptCache(
        store, verifier, signer, listener, requireNonNull(copies, "copies is null"), reads, clock);
  }

  /** The same cache with somebody who is told of its reads. */
  public StoredScriptCache with(ReadListener listener) {
    return new StoredScriptCache(
        store, verifier, signer, this.listener, copies, requireNonNull(listener), clock);
  }

  @Override
  public OptionalInt latestVersion(ScriptKey key) throws IOException {
    for (int version : usableVersions(key.baseName())) {
      EntryName name = EntryName.of(key, version);
      if (!quarantine.refuses(name) && isOf(key, name)) {
        return OptionalInt.of(version);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public List<ScriptVersion> versions(Language language) throws IOException {
    List<ScriptVersion> versions = new ArrayList<>();
    for (EntryName name : listing.usable()) {
      ScriptKey key = quarantine.refuses(name) ? null : knownKey(name);
      if (key != null && key.language() == language) {
        versions.add(new ScriptVersion(key, name.version()));
      }
    }
    return versions;
  }

  /** A store that does not answer is no reason to pay for what is at hand. */
  private List<Integer> usableVersions(String base) throws CacheException {
    try {
      return listing.usableVersions(base);
    } catch (CacheException e) {
      List<Integer> copied =
          copies != null && e.error() == CacheError.UNAVAILABLE ? copies.versions(base) : List.of();
      if (copied.isEmpty()) {
        throw e;
      }
      return copied;
    }
  }

  /** Short forms may collide, so that a name alone proves nothing. */
  private boolean isOf(ScriptKey key, EntryName name) throws IOException {
    return key.equals(knownKey(name));
  }

  private @Nullable ScriptKey knownKey(EntryName name) throws IOException {
    ScriptKey known = keys.get(name);
    if (known == null) {
      Optional<Sound> copy = copy(name);
      known = copy.isPresent() ? copy.get().entry().key() : keyOf(name).orElse(null);
      if (known != null) {
        keys.put(name, known);
      }
    }
    return known;
  }

  private Optional<ScriptKey> keyOf(EntryName name) throws IOException {
    try {
      Optional<byte[]> metadata = store.read(name.metadata(), CacheJson.MAX_BYTES);
      if (metadata.isEmpty()) {
        return Optional.empty();
      }
      Optional<StoredEntry> entry = CacheJson.read(metadata.get(), StoredEntry.class);
      if (entry.isEmpty()) {
        quarantine.putIfWritable(name, "its metadata cannot be understood");
      }
      return entry.map(StoredEntry::key);
    } catch (NotAnObjectException e) {
      quarantine.putIfWritable(name, "its metadata " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Optional<CachedScript> read(ScriptKey key, int version) throws IOException {
    EntryName name = EntryName.of(key, version);
    if (quarantine.refuses(name)) {
      return Optional.empty();
    }
    ReadListener.Tier tier = ReadListener.Tier.LOCAL;
    Optional<Sound> sound = copy(name);
    if (sound.isEmpty()) {
      tier = ReadListener.Tier.STORE;
      sound = readFromStore(name);
    }
    Optional<CachedScript> script =
        sound
            .filter(found -> found.entry().key().equals(key))
            .map(found -> CachedScript.of(found.entry(), found.script()));
    if (script.isPresent()) {
      reads.read(tier);
    }
    return script;
  }

  private Optional<Sound> copy(EntryName name) {
    return copies == null ? Optional.empty() : copies.read(name, verifier);
  }

  private Optional<Sound> readFromStore(EntryName name) throws IOException {
    if (quarantine.holds(name)) {
      return Optional.empty();
    }
    Reading reading = reader.read(name);
    if (reading instanceof Damaged damaged) {
      quarantine.putIfWritable(name, damaged.reason());
      listing.changed(name);
    }
    if (reading instanceof Sound sound) {
      if (copies != null) {
        copies.keep(name, sound);
      }
      return Optional.of(sound);
    }
    return Optional.empty();
  }

  @Override
  public CachedScript create(NewScript script, int expectedVersion) throws IOException {
    if (writer == null) {
      throw new UnsupportedOperationException("this cache was opened for reading only");
    }
    for (int version = expectedVersion; version <= EntryName.MAX_VERSION; version++) {
      EntryName name = EntryName.of(script.key(), version);
      if (!store.exists(name.metadata()) && !quarantine.holds(name)) {
        Optional<CachedScript> written = writer.write(script, name);
        if (written.isPresent()) {
          created = true;
          listing.changed(name);
          return written.get();
        }
      }
      Optional<CachedScript> standing = read(script.key(), version);
      if (standing.isPresent()) {
        return standing.get();
      }
    }
    throw new CacheException(
        CacheError.TOO_MANY_VERSIONS,
        "cannot store a script for "
            + script.key().baseName()
            + ": no version up to "
            + EntryName.MAX_VERSION
            + " is free",
        null);
  }

  @Override
  public void quarantine(ScriptKey key, int version, String reason) throws IOException {
    EntryName name = EntryName.of(key, version);
    if (copies != null) {
      copies.forget(name);
    }
    quarantine.put(name, reason);
    listing.changed(name);
  }

  @Override
  public void recordUse(ScriptKey key, int version, long hits, long executions, long totalNanos) {
    usage.use(EntryName.of(key, version), hits, executions, totalNanos);
  }

  @Override
  public MissReason explainMiss(ScriptKey key, KeyParts parts) throws IOException {
    return explainer.explain(key, parts);
  }

  @Override
  public void recordMiss(
      RunId run, String execution, ScriptKey key, MissReason reason, int functions) {
    usage.misses(functions);
    misses.miss(run, execution, key, reason, functions);
  }

  @Override
  public void recordNegativeHit() {
    usage.negativeHit();
  }

  /** Where each entry read is a request, a large index waits for {@link CacheMaintenance}. */
  private boolean isCheaplyIndexed() throws CacheException {
    return store.tellsLastChange() || listing.usable().size() <= CHEAPLY_INDEXED;
  }

  @Override
  public void close() {
    try {
      misses.flush();
      if ((usage.flush() || created) && isCheaplyIndexed()) {
        new IndexBuilder(store, clock).rebuild();
      }
    } catch (IOException e) {
      LOGGER.atWarn().addKeyValue("problem", e.getMessage()).log("cache counters not written");
    }
  }
}
