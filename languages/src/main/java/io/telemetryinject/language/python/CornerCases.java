package io.telemetryinject.language.python;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that are hard to instrument, kept in {@code corner_cases.txt}. */
final class CornerCases {
  private static final String HEADING = "=== ";

  private CornerCases() {}

  /** Source by name, in the file's order; each the text of one function, without its line break. */
  static Map<String, String> read() {
    Map<String, String> cases = new LinkedHashMap<>();
    for (String part : Resources.text("corner_cases.txt").split("(?m)^" + HEADING)) {
      int nameEnd = part.indexOf('\n');
      if (!part.startsWith("#")) {
        String source = part.substring(nameEnd + 1, part.length() - 1);
        cases.put(part.substring(0, nameEnd), unpicture(source));
      }
    }
    return cases;
  }

  /** Those that the oldest supported Python can parse. */
  static List<String> forEveryPython() {
    return read().entrySet().stream()
        .filter(entry -> !entry.getKey().endsWith("]"))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Control characters stand in the file as their pictures, so that an editor keeps them. */
  private static String unpicture(String text) {
    return text.replace('␉', '\t').replace('␌', '\f').replace('␍', '\r').replace('␋', '\u000b');
  }
}
