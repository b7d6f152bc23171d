package io.telemetryinject.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A container's log, as a kubelet keeps and streams it. */
final class PodLog {
  private static final Instant BEGIN = Instant.parse("2026-11-22T01:00:00Z");

  private record Line(Instant time, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private int connections;
  private boolean ended;

  /** Writes a line; ten come in a second. */
  synchronized void line(String text) {
    lines.add(new Line(BEGIN.plusMillis(100L * lines.size() + 1), text));
    notifyAll();
  }

  /** The container has ended. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Cuts who reads now, though the container runs on. */
  synchronized void breakOff() {
    connections++;
    notifyAll();
  }

  synchronized String last() {
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1).text() + "\n";
  }

  synchronized void write(OutputStream out, Instant from, boolean follow, boolean timestamps)
      throws IOException, InterruptedException {
    int connection = connections;
    int next = 0;
    while (true) {
      for (; next < lines.size(); next++) {
        Line line = lines.get(next);
        if (!line.time().isBefore(from)) {
          String text = (timestamps ? line.time() + " " : "") + line.text() + "\n";
          out.write(text.getBytes(UTF_8));
        }
      }
      out.flush();
      if (!follow || ended || connection != connections) {
        return;
      }
      wait();
    }
  }
}
