package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ScriptKey;

/** Where a script stands in a cache. */
public record ScriptVersion(ScriptKey key, int version) {
  public ScriptVersion {
    requireNonNull(key, "key is null");
  }

  /** {@code <slug>_<key12>}, with {@code _v2}, {@code _v3}, … for later versions. */
  public String name() {
    return EntryName.of(key, version).text();
  }
}
