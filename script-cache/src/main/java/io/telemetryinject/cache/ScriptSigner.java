package io.telemetryinject.cache;

/** Signs entries; only generators have one. */
@FunctionalInterface
public interface ScriptSigner {

  /**
   * @return an Ed25519 signature over the statement
   */
  byte[] sign(byte[] statement);
}
