package io.telemetryinject.model;

import java.util.List;

/** Argument checks that the records of this package share. */
final class Checks {
  private static final int SHA256_DIGITS = 64;

  private Checks() {}

  static void checkArgument(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(message, values));
    }
  }

  static void checkSha256(String digest, String what) {
    checkArgument(isSha256(digest), "%s is not SHA-256 in hex: %s", what, digest);
  }

  private static boolean isSha256(String digest) {
    for (int i = 0; i < digest.length(); i++) {
      char c = digest.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return digest.length() == SHA256_DIGITS;
  }

  static <T> List<T> copy(List<T> list, String what) {
    if (list == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return List.copyOf(list);
  }
}
