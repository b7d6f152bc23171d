package io.telemetryinject.coordinator.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;

/** A file's name as git writes it in diffs. */
final class DiffName {
  private DiffName() {}

  /** Quoted where it holds line breaks and the like; a tab behind one with blanks. */
  static byte[] of(String side, Path relative) {
    String name = side + text(relative);
    boolean plain = name.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '"' || c == '\\');
    if (!plain) {
      return quoted(side, relative);
    }
    return (name.contains(" ") ? name + "\t" : name).getBytes(ISO_8859_1);
  }

  /** In quotes, where two names share a line. */
  static byte[] quoted(String side, Path relative) {
    StringBuilder quoted = new StringBuilder("\"");
    (side + text(relative))
        .chars()
        .forEach(
            c -> {
              if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                quoted.append(String.format("\\%03o", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString().getBytes(US_ASCII);
  }

  /** The name's bytes on disk as Latin-1 characters; they need not be UTF-8. */
  private static String text(Path relative) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Path element : relative) {
      if (bytes.size() > 0) {
        bytes.write('/');
      }
      String uri = element.toAbsolutePath().toUri().getRawPath();
      int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
      for (int i = uri.lastIndexOf('/', end - 1) + 1; i < end; i++) {
        if (uri.charAt(i) == '%') {
          bytes.write(Integer.parseInt(uri.substring(i + 1, i + 3), 16));
          i += 2;
        } else {
          bytes.write(uri.charAt(i));
        }
      }
    }
    return bytes.toString(ISO_8859_1);
  }
}
