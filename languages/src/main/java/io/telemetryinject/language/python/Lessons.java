package io.telemetryinject.language.python;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What was learned about inserting telemetry into Python: short texts for models and people. */
final class Lessons {
  /** Packaged from {@code docs/lessons}; a test holds this list against the directory. */
  static final List<String> NAMES =
      List.of(
          "python/byte-offsets.md",
          "python/exceptions.md",
          "python/generators.md",
          "python/import-patterns.md",
          "python/indentation.md",
          "python/line-breaks.md",
          "python/nested-functions.md",
          "python/one-line-bodies.md",
          "python/returns.md",
          "python/strings-over-lines.md");

  private Lessons() {}

  static String text(String name) {
    return Resources.text("/lessons/" + name);
  }

  /** SHA-256 in hex over names and texts, each behind its length. */
  static String version() {
    MessageDigest digest = sha256();
    for (String name : NAMES) {
      add(digest, name.getBytes(StandardCharsets.UTF_8));
      add(digest, Resources.bytes("/lessons/" + name));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
