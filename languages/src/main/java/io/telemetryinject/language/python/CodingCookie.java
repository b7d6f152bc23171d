package io.telemetryinject.language.python;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the encoding that a file declares in a comment on its first or second line (PEP 263). */
final class CodingCookie {
  private static final Pattern COOKIE =
      Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)");
  private static final Pattern NO_CODE = Pattern.compile("^[ \\t\\f]*(#.*)?$", Pattern.DOTALL);

  private CodingCookie() {}

  /** The declared name, or null; {@code start} is behind the byte order mark, if there is one. */
  static @Nullable String find(byte[] bytes, int start) {
    int end = Bytes.endOfLine(bytes, start);
    String first = line(bytes, start, end);
    String name = name(first);
    if (name != null || !NO_CODE.matcher(first).find()) {
      return name;
    }
    int second = end + Bytes.lineBreak(bytes, end);
    return name(line(bytes, second, Bytes.endOfLine(bytes, second)));
  }

  private static @Nullable String name(String line) {
    Matcher matcher = COOKIE.matcher(line);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Only ASCII matters here; a line longer than this declares nothing that CPython would read. */
  private static String line(byte[] bytes, int start, int end) {
    int length = Math.min(end - start, 4096);
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }
}
