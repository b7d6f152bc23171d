package io.telemetryinject.coordinator.tree;

import java.nio.file.Path;

/** A relative path as text, the same on every machine. */
public final class PathText {
  private PathText() {}

  /**
   * Elements joined by {@code /}. A name whose bytes are not UTF-8 has no text of its own; it
   * stands percent-encoded, as in a URI.
   */
  public static String of(Path relative) {
    StringBuilder text = new StringBuilder();
    for (Path element : relative) {
      if (text.length() > 0) {
        text.append('/');
      }
      text.append(nameOf(element));
    }
    return text.toString();
  }

  private static String nameOf(Path element) {
    String name = element.toString();
    if (element.getFileSystem().getPath(name).equals(element)) {
      return name;
    }
    String uri = element.toAbsolutePath().toUri().getRawPath();
    String last = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return last.substring(last.lastIndexOf('/') + 1);
  }
}
