package io.telemetryinject.kubernetes;

import java.time.Duration;

/** Spans of time as people write them. */
public final class Spans {
  private Spans() {}

  /** The two largest units that are not zero, e.g. {@code 1d 2h}, {@code 8h}, {@code 45s}. */
  public static String words(Duration span) {
    long[] counts = {
      span.toDaysPart(), span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart()
    };
    String units = "dhms";
    StringBuilder words = new StringBuilder();
    int shown = 0;
    for (int i = 0; i < counts.length && shown < 2; i++) {
      if (counts[i] != 0) {
        words.append(shown++ == 0 ? "" : " ").append(counts[i]).append(units.charAt(i));
      } else if (shown > 0) {
        break;
      }
    }
    return shown == 0 ? "0s" : words.toString();
  }
}
