package io.telemetryinject.cache;

/** Checks entries' signatures with public keys alone. */
@FunctionalInterface
public interface ScriptVerifier {

  /** False also for bytes that are no signature at all. */
  boolean verify(byte[] statement, byte[] signature);

  /** Takes what was signed for a namespace, and nothing else. */
  default ScriptVerifier within(Namespace namespace) {
    return (statement, signature) -> verify(namespace.qualify(statement), signature);
  }

  /** Takes what either of two takes: while keys are being replaced, both are good. */
  default ScriptVerifier or(ScriptVerifier other) {
    return (statement, signature) ->
        verify(statement, signature) || other.verify(statement, signature);
  }
}
