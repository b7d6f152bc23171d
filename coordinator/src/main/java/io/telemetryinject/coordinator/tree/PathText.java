package io.telemetryinject.coordinator.tree;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A relative path as text, the same on every machine, and no two paths the same. */
public final class PathText {
  private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private PathText() {}

  /**
   * Elements joined by {@code /}. A name whose bytes are not UTF-8 has no text of its own; it
   * stands percent-encoded, as in a URI. So does a name that looks as if it were.
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

  /**
   * The path that a text was made of.
   *
   * @throws IllegalArgumentException when no relative path has this text, or it leaves its root
   */
  public static Path toPath(String text) {
    Path path = Path.of("");
    for (String name : text.split("/", -1)) {
      path = path.resolve(elementOf(name));
    }
    if (text.isEmpty()
        || !of(path).equals(text)
        || path.startsWith("..")
        || !path.normalize().equals(path)) {
      throw new InvalidPathException(text, "not a path inside a tree");
    }
    return path;
  }

  private static Path elementOf(String name) {
    return ESCAPED.matcher(name).find()
        ? Path.of(URI.create("file:///" + name)).getFileName()
        : Path.of(name);
  }

  private static String nameOf(Path element) {
    String name = element.toString();
    boolean utf8 = element.getFileSystem().getPath(name).equals(element);
    if (utf8 && !ESCAPED.matcher(name).find()) {
      return name;
    }
    String uri = element.toAbsolutePath().toUri().getRawPath();
    String last = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return last.substring(last.lastIndexOf('/') + 1);
  }
}
