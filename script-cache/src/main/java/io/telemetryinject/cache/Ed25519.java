package io.telemetryinject.cache;

import io.telemetryinject.model.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** The signature scheme, as the platform has it. */
final class Ed25519 {
  private static final String ALGORITHM = "Ed25519";

  private static final int KEY_ID_DIGITS = 12;

  private Ed25519() {}

  static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
  }

  static PrivateKey privateKey(byte[] pkcs8) throws InvalidKeySpecException {
    return factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  static PublicKey publicKey(byte[] x509) throws InvalidKeySpecException {
    return factory().generatePublic(new X509EncodedKeySpec(x509));
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance(ALGORITHM);
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
  }

  static ScriptSigner signer(KeyPair pair) {
    String keyId = keyId(pair.getPublic());
    return new ScriptSigner() {
      @Override
      public byte[] sign(byte[] statement) {
        try {
          Signature signature = Signature.getInstance(ALGORITHM);
          signature.initSign(pair.getPrivate());
          signature.update(statement);
          return signature.sign();
        } catch (GeneralSecurityException e) {
          throw missing(e);
        }
      }

      @Override
      public String keyId() {
        return keyId;
      }
    };
  }

  private static String keyId(PublicKey key) {
    return Sha256.of(key.getEncoded()).substring(0, KEY_ID_DIGITS);
  }

  static ScriptVerifier verifier(PublicKey key) {
    return (statement, bytes) -> {
      try {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(key);
        signature.update(statement);
        return signature.verify(bytes);
      } catch (SignatureException notASignature) {
        return false;
      } catch (GeneralSecurityException e) {
        throw missing(e);
      }
    };
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this Java platform cannot use Ed25519 keys", e);
  }
}
