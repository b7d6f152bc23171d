package io.telemetryinject.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One attack of {@code hostile_scripts.txt}, whose head explains the kinds. */
record HostileScript(Kind kind, String name, String body) {
  enum Kind {
    REACH,
    KERNEL,
    SPOIL,
    POISON
  }

  private static final Pattern HEADLINE = Pattern.compile("(?m)^=== (\\w+): (.*)$");

  static List<HostileScript> all() {
    String text = Scripts.resource("hostile_scripts.txt");
    List<HostileScript> scripts = new ArrayList<>();
    Matcher headline = HEADLINE.matcher(text);
    while (headline.find()) {
      Kind kind = Kind.valueOf(headline.group(1).toUpperCase(java.util.Locale.ROOT));
      String name = headline.group(2);
      Matcher next = HEADLINE.matcher(text);
      int end = next.find(headline.end()) ? next.start() : text.length();
      scripts.add(new HostileScript(kind, name, text.substring(headline.end(), end).strip()));
    }
    return scripts;
  }

  static List<HostileScript> of(Kind... kinds) {
    return all().stream().filter(script -> List.of(kinds).contains(script.kind())).toList();
  }

  /** The attack as an insertion script. */
  String script(String directory, int port, long sentinel) {
    String filled =
        body.replace("DIRECTORY", directory)
            .replace("PORT", String.valueOf(port))
            .replace("SENTINEL", String.valueOf(sentinel));
    return "def attack():\n"
        + filled.indent(4)
        + "\n\ndef insertions(source_code, context):\n    return [(0, attack())]\n";
  }

  @Override
  public String toString() {
    return name;
  }
}
