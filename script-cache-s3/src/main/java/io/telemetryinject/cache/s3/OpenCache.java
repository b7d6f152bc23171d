package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.LocalCopies;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ReadListener;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.cache.ScriptSigner;
import io.telemetryinject.cache.ScriptVerifier;
import io.telemetryinject.cache.StoredScriptCache;
import org.jspecify.annotations.Nullable;

/** A cache's store with what belongs to it; whoever opened it closes it, after its caches. */
public final class OpenCache implements AutoCloseable {
  private final ObjectStore store;
  private final ScriptClaims claims;
  private final @Nullable LocalCopies copies;
  private final ReadListener reads;
  private final Runnable closing;

  OpenCache(
      ObjectStore store, ScriptClaims claims, @Nullable LocalCopies copies, Runnable closing) {
    this(store, claims, copies, ReadListener.none(), closing);
  }

  private OpenCache(
      ObjectStore store,
      ScriptClaims claims,
      @Nullable LocalCopies copies,
      ReadListener reads,
      Runnable closing) {
    this.store = requireNonNull(store, "store is null");
    this.claims = requireNonNull(claims, "claims is null");
    this.copies = copies;
    this.reads = requireNonNull(reads, "reads is null");
    this.closing = requireNonNull(closing, "closing is null");
  }

  /** The same with somebody who is told of reads. */
  OpenCache with(ReadListener listener) {
    return new OpenCache(store, claims, copies, listener, closing);
  }

  ReadListener reads() {
    return reads;
  }

  public ObjectStore store() {
    return store;
  }

  /** Keep generators of one key apart. */
  public ScriptClaims claims() {
    return claims;
  }

  /** As {@link StoredScriptCache#reading}. */
  public StoredScriptCache reading(ScriptVerifier verifier, QuarantineListener listener) {
    return withCopies(StoredScriptCache.reading(store, verifier, listener));
  }

  /** As {@link StoredScriptCache#writing}. */
  public StoredScriptCache writing(
      ScriptVerifier verifier, ScriptSigner signer, QuarantineListener listener) {
    return withCopies(StoredScriptCache.writing(store, verifier, signer, listener));
  }

  private StoredScriptCache withCopies(StoredScriptCache cache) {
    StoredScriptCache told = cache.with(reads);
    return copies == null ? told : told.with(copies);
  }

  @Override
  public void close() {
    closing.run();
  }
}
