package io.telemetryinject.model;

import java.util.List;
import java.util.regex.Pattern;

/** Argument checks that the records of this package share. */
final class Checks {
  private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-f]{64}");

  private Checks() {}

  static void checkArgument(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(message, values));
    }
  }

  static void checkSha256(String digest, String what) {
    checkArgument(
        SHA256_HEX.matcher(digest).matches(), "%s is not SHA-256 in hex: %s", what, digest);
  }

  static <T> List<T> copy(List<T> list, String what) {
    if (list == null) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return List.copyOf(list);
  }
}
