package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheError;
import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.Namespace;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ReadListener;
import io.telemetryinject.cache.ReadOnlyObjectStore;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.cache.ScriptSigner;
import io.telemetryinject.cache.ScriptVerifier;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.cache.TieredScriptCache;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a cache that a process works with, as far as it is trusted. Whoever opened it closes
 * it, after its caches.
 */
public final class CacheTiers implements AutoCloseable {
  private final CacheTrust trust;
  private final OpenCache everybodys;
  private final @Nullable OpenCache own;
  private final @Nullable OpenCache promoted;

  private CacheTiers(
      CacheTrust trust,
      OpenCache everybodys,
      @Nullable OpenCache own,
      @Nullable OpenCache promoted) {
    this.trust = requireNonNull(trust, "trust is null");
    this.everybodys = requireNonNull(everybodys, "everybodys is null");
    this.own = own;
    this.promoted = promoted;
  }

  /**
   * Opens them; nothing is read yet.
   *
   * @throws CacheException when no connection can be made of the settings
   */
  public static CacheTiers open(CachePlace place, CacheTrust trust, OutageListener listener)
      throws CacheException {
    return new CacheTiers(
        trust,
        place.open(listener),
        openIfAny(place, trust.writesTo(), listener),
        openIfAny(place, trust.promotes(), listener));
  }

  /**
   * The same, after a look at the store: it may be away for a while, but nobody is to start with
   * one that he will never be able to use.
   *
   * @throws CacheException when someone must change something first
   */
  public static CacheTiers openChecked(CachePlace place, CacheTrust trust, OutageListener listener)
      throws CacheException {
    CacheTiers tiers = open(place, trust, listener);
    try {
      tiers.store().list("metadata", "cache");
    } catch (CacheException e) {
      if (e.error() != CacheError.UNAVAILABLE) {
        tiers.close();
        throw e;
      }
    }
    return tiers;
  }

  /** The same with somebody who is told of every script that is read. */
  public CacheTiers with(ReadListener reads) {
    return new CacheTiers(
        trust,
        everybodys.with(reads),
        own == null ? null : own.with(reads),
        promoted == null ? null : promoted.with(reads));
  }

  private static @Nullable OpenCache openIfAny(
      CachePlace place, Namespace namespace, OutageListener listener) throws CacheException {
    return namespace.isTrusted() ? null : place.within(namespace).open(listener);
  }

  /** For processes that only use scripts. */
  public ScriptCache reading(ScriptVerifier verifier, QuarantineListener listener) {
    return own == null
        ? everybodys.reading(verifier, listener)
        : new TieredScriptCache(
            trusted(verifier, listener), own.reading(verifier.within(trust.writesTo()), listener));
  }

  /** For generators. */
  public ScriptCache writing(
      ScriptVerifier verifier, ScriptSigner signer, QuarantineListener listener) {
    return own == null
        ? everybodys.writing(verifier, signer, listener)
        : new TieredScriptCache(
            trusted(verifier, listener),
            own.writing(
                verifier.within(trust.writesTo()), signer.within(trust.writesTo()), listener));
  }

  private ScriptCache trusted(ScriptVerifier verifier, QuarantineListener listener) {
    ObjectStore store = new ReadOnlyObjectStore(everybodys.store());
    return StoredScriptCache.reading(store, verifier, listener).with(everybodys.reads());
  }

  /** Scripts of the namespace to promote; each is to be validated as if it were new. */
  public Optional<ScriptCache> promoted(ScriptVerifier verifier, QuarantineListener listener) {
    return promoted == null
        ? Optional.empty()
        : Optional.of(
            StoredScriptCache.reading(
                new ReadOnlyObjectStore(promoted.store()),
                verifier.within(trust.promotes()),
                listener));
  }

  /** Where this process writes. */
  public ObjectStore store() {
    return (own == null ? everybodys : own).store();
  }

  /** Keep generators of one key apart. */
  public ScriptClaims claims() {
    return (own == null ? everybodys : own).claims();
  }

  @Override
  public void close() {
    if (promoted != null) {
      promoted.close();
    }
    if (own != null) {
      own.close();
    }
    everybodys.close();
  }
}
