package io.telemetryinject.inject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of events adds up to.
 *
 * @param entries how many calls began
 * @param ends how many of them ended, by an exit or an error
 * @param open names of functions that began and did not end, sorted
 * @param wrong events that cannot be: a second entry or end of a call, an end without entry
 */
record EventBalance(int entries, int ends, List<String> open, List<String> wrong) {
  private static final Pattern EVENT = Pattern.compile("\\{\"event\":\"(\\w+)\".*\\}");
  private static final Pattern FUNCTION = Pattern.compile("\"function\":\"([^\"]*)\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]*)\"");

  static EventBalance of(Path events) throws IOException {
    Map<String, String> open = new HashMap<>();
    Set<String> seen = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    int ends = 0;
    for (String line : Files.exists(events) ? Files.readAllLines(events) : List.<String>of()) {
      Matcher event = EVENT.matcher(line);
      if (!event.matches()) {
        wrong.add(line);
      } else if (event.group(1).equals("entry")) {
        if (!seen.add(find(TOKEN, line))) {
          wrong.add(line);
        }
        open.put(find(TOKEN, line), find(FUNCTION, line));
      } else if (!event.group(1).equals("superseded")) {
        ends++;
        if (open.remove(find(TOKEN, line)) == null) {
          wrong.add(line);
        }
      }
    }
    return new EventBalance(seen.size(), ends, open.values().stream().sorted().toList(), wrong);
  }

  private static String find(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      throw new IllegalArgumentException("an event without " + pattern + ": " + line);
    }
    return matcher.group(1);
  }
}
