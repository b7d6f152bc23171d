package io.telemetryinject.cache;

/** Signs entries; only generators have one. */
public interface ScriptSigner {

  /**
   * @return an Ed25519 signature over the statement
   */
  byte[] sign(byte[] statement);

  /** Fingerprint of the public key that goes with it. */
  String keyId();

  /** Signs for a namespace: such an entry proves nothing anywhere else. */
  default ScriptSigner within(Namespace namespace) {
    ScriptSigner all = this;
    return new ScriptSigner() {
      @Override
      public byte[] sign(byte[] statement) {
        return all.sign(namespace.qualify(statement));
      }

      @Override
      public String keyId() {
        return all.keyId();
      }
    };
  }
}
