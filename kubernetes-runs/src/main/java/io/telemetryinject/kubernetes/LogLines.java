package io.telemetryinject.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pod's log, line by line, each once, though a connection that broke off is taken up again a
 * little earlier.
 *
 * <p>What is written into it are lines that begin with their time, as the kubelet writes them.
 */
final class LogLines extends OutputStream {
  private final Consumer<String> sink;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private @Nullable Instant newest;
  private int atNewest;
  private int repeated;

  LogLines(Consumer<String> sink) {
    this.sink = sink;
  }

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      line(part.toString(UTF_8));
      part.reset();
    } else {
      part.write(octet);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /** Begins a connection; an unfinished line of the one before will come once more. */
  synchronized void begin() {
    part.reset();
    repeated = 0;
  }

  /** Ends the last connection: an unfinished line is one all the same. */
  synchronized void end() {
    if (part.size() > 0) {
      write('\n');
    }
  }

  /** The time of the newest line, from which to take the log up again. */
  synchronized Optional<Instant> newest() {
    return Optional.ofNullable(newest);
  }

  private void line(String line) {
    int blank = line.indexOf(' ');
    Instant time;
    try {
      time = Instant.parse(blank < 0 ? line : line.substring(0, blank));
    } catch (DateTimeParseException e) {
      sink.accept(line);
      return;
    }
    if (newest != null && time.isBefore(newest)) {
      return;
    }
    if (time.equals(newest)) {
      repeated++;
      if (repeated <= atNewest) {
        return;
      }
      atNewest++;
    } else {
      newest = time;
      atNewest = 1;
      repeated = 1;
    }
    sink.accept(blank < 0 ? "" : line.substring(blank + 1));
  }
}
