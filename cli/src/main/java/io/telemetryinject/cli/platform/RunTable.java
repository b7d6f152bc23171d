package io.telemetryinject.cli.platform;

import io.telemetryinject.kubernetes.RunStatus;
import io.telemetryinject.kubernetes.Spans;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Runs as a table, a line each, in columns as wide as they need to be. */
final class RunTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> HEADER =
      List.of("NAME", "OWNER", "REPO", "REF", "STARTED", "DURATION", "RESTARTS", "STATE");

  private final Instant now;

  RunTable(Instant now) {
    this.now = now;
  }

  void print(List<RunStatus> runs, PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    runs.forEach(run -> rows.add(row(run)));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** The state comes last: its reason may be long. */
  private List<String> row(RunStatus run) {
    return List.of(
        run.name(),
        orDash(run.owner()),
        orDash(run.repo()),
        orDash(run.ref()),
        run.started() == null ? "-" : TIME.format(run.started()),
        run.duration(now).map(Spans::words).orElse("-"),
        Integer.toString(run.restarts()),
        run.state().lines().findFirst().orElse(""));
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
