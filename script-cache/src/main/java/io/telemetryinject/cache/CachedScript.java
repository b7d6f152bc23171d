package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ScriptKey;

/**
 * A script whose digest and signature were checked.
 *
 * @param digest SHA-256 of the script's text, in hex
 * @param microDollarsPerCall what one answer of a language model cost when it was written, in
 *     millionths of a US dollar; 0 when none was asked
 */
public record CachedScript(
    ScriptKey key, int version, String script, String digest, long microDollarsPerCall) {
  public CachedScript {
    requireNonNull(key, "key is null");
    requireNonNull(script, "script is null");
    requireNonNull(digest, "digest is null");
  }

  /** A script that no model was paid for. */
  public CachedScript(ScriptKey key, int version, String script, String digest) {
    this(key, version, script, digest, 0);
  }

  static CachedScript of(StoredEntry entry, String script) {
    long perCall = entry.modelCalls() == 0 ? 0 : entry.costMicrodollars() / entry.modelCalls();
    return new CachedScript(entry.key(), entry.version(), script, entry.script(), perCall);
  }
}
