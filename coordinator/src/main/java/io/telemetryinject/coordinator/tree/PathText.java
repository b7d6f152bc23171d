package io.telemetryinject.coordinator.tree;

import io.telemetryinject.model.RelativePaths;
import java.io.File;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A relative path as text, the same on every machine, and no two paths the same. */
public final class PathText {
  private static final Pattern ESCAPED = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final boolean SLASHES = File.separatorChar == '/';

  private PathText() {}

  /**
   * Elements joined by {@code /}. A name whose bytes are not UTF-8 has no text of its own; it
   * stands percent-encoded, as in a URI. So does a name that looks as if it were.
   */
  public static String of(Path relative) {
    String written = relative.toString();
    return isPlain(written) ? written : ofNames(relative);
  }

  /** Nearly all paths: of ASCII, and nothing in them looks encoded. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c >= 0x80 || c == '%') {
        return false;
      }
    }
    return SLASHES;
  }

  private static String ofNames(Path relative) {
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
    if (isPlain(text)) {
      checkNames(text);
      return Path.of(text);
    }
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

  /**
   * Checks that a path has this text.
   *
   * @throws IllegalArgumentException as {@link #toPath} does
   */
  public static void check(String text) {
    if (isPlain(text)) {
      checkNames(text);
    } else {
      toPath(text);
    }
  }

  private static void checkNames(String text) {
    if (!RelativePaths.isInside(text)) {
      throw new InvalidPathException(text, "not a path inside a tree");
    }
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
