package io.telemetryinject.cache;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells why there is no script for a key, by what else there is for the same kind of function.
 * Metadata is taken at its word: the answer is for people.
 */
final class MissExplainer {
  /** Beyond that all is forgotten; a run has a few hundred keys by shape. */
  private static final int REMEMBERED = 10_000;

  /** A slug may be shared by many signatures, as {@code __init__} is. */
  private static final int MOST_RELATIVES = 50;

  private final ObjectStore store;
  private final UsageLedger usage;
  private final Map<ScriptKey, MissReason> explained = new ConcurrentHashMap<>();
  private volatile @Nullable Set<String> usedOnce;

  MissExplainer(ObjectStore store, UsageLedger usage) {
    this.store = store;
    this.usage = usage;
  }

  /** The same answer for as long as this process lives: later ones are about the same absence. */
  MissReason explain(ScriptKey key, KeyParts parts) throws IOException {
    MissReason known = explained.get(key);
    if (known != null) {
      return known;
    }
    if (explained.size() >= REMEMBERED) {
      explained.clear();
    }
    MissReason reason = find(key, parts);
    explained.put(key, reason);
    return reason;
  }

  private MissReason find(ScriptKey key, KeyParts parts) throws IOException {
    List<EntryName> relatives = new ArrayList<>();
    for (StoredObject object : store.list(EntryName.ENTRIES, key.slug() + "_")) {
      Optional<EntryName> entry = EntryName.ofMetadata(object.name());
      if (entry.isPresent() && entry.get().base().equals(key.baseName())) {
        return MissReason.QUARANTINED;
      }
      entry.filter(e -> relatives.size() < MOST_RELATIVES).ifPresent(relatives::add);
    }
    if (usedOnce().contains(key.baseName())) {
      return MissReason.EXPIRED;
    }
    for (EntryName relative : relatives) {
      Optional<KeyParts> other = partsOf(relative);
      if (other.isPresent() && other.get().subject().equals(parts.subject())) {
        return difference(other.get(), parts);
      }
    }
    return key.kind() == KeyKind.SHAPE ? MissReason.NEW_SHAPE : MissReason.NEW_SIGNATURE;
  }

  private static MissReason difference(KeyParts other, KeyParts parts) {
    if (other.contract() != parts.contract()) {
      return MissReason.CONTRACT_CHANGED;
    }
    return other.policy().equals(parts.policy())
        ? MissReason.LESSONS_CHANGED
        : MissReason.POLICY_CHANGED;
  }

  private Optional<KeyParts> partsOf(EntryName name) throws IOException {
    try {
      return store
          .read(name.metadata(), CacheJson.MAX_BYTES)
          .flatMap(bytes -> CacheJson.read(bytes, StoredEntry.class))
          .map(StoredEntry::madeFor);
    } catch (NotAnObjectException odd) {
      return Optional.empty();
    }
  }

  /** Counters outlive their entries, so that they tell what was pruned. */
  private Set<String> usedOnce() throws IOException {
    Set<String> used = usedOnce;
    if (used == null) {
      used = new HashSet<>();
      for (String entry : usage.total().entries().keySet()) {
        used.add(EntryName.baseOf(entry));
      }
      usedOnce = used;
    }
    return used;
  }
}
