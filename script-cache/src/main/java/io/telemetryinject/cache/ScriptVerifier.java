package io.telemetryinject.cache;

/** Checks entries' signatures with the public key alone. */
@FunctionalInterface
public interface ScriptVerifier {

  /** False also for bytes that are no signature at all. */
  boolean verify(byte[] statement, byte[] signature);
}
