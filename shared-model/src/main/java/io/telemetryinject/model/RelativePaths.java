package io.telemetryinject.model;

/** Paths as text, their names separated by {@code /}. */
public final class RelativePaths {
  private RelativePaths() {}

  /** Whether a path is relative and every name in it is one, so that it stays below its root. */
  public static boolean isInside(String path) {
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (!isName(path, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean isName(String path, int start, int end) {
    return switch (end - start) {
      case 0 -> false;
      case 1 -> path.charAt(start) != '.';
      case 2 -> path.charAt(start) != '.' || path.charAt(start + 1) != '.';
      default -> true;
    };
  }
}
