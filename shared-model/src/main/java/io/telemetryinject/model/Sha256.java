package io.telemetryinject.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in lower-case hex; over several fields in a canonical, length-prefixed encoding. */
public final class Sha256 {
  private final MessageDigest digest = newDigest();

  /** The digest of some bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /** The digest of all that a stream still holds. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of a text's UTF-8 form. */
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a field: its length in bytes (8 digits of hex) before its UTF-8 form, so that no two lists
   * of fields agree.
   */
  public Sha256 field(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update(HexFormat.of().toHexDigits(bytes.length).getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    return this;
  }

  /** Adds a number as a field. */
  public Sha256 field(long value) {
    return field(Long.toString(value));
  }

  /** The digest of all fields so far; this instance starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
