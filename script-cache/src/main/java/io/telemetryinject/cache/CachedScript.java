package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ScriptKey;

/**
 * A script whose digest and signature were checked.
 *
 * @param digest SHA-256 of the script's text, in hex
 */
public record CachedScript(ScriptKey key, int version, String script, String digest) {
  public CachedScript {
    requireNonNull(key, "key is null");
    requireNonNull(script, "script is null");
    requireNonNull(digest, "digest is null");
  }
}
