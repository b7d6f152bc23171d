package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's standard error: drained, its first part kept for the log, never shown as it is. */
final class ErrorOutput {
  private static final Logger LOGGER = LoggerFactory.getLogger(ErrorOutput.class);
  private static final int KEPT_BYTES = 8 << 10;

  private final CompletableFuture<String> text = new CompletableFuture<>();

  private ErrorOutput() {}

  static ErrorOutput of(Process process) {
    ErrorOutput output = new ErrorOutput();
    Thread drain =
        new Thread(() -> output.drain(process.pid(), process.getErrorStream()), "sandbox-stderr");
    drain.setDaemon(true);
    drain.start();
    return output;
  }

  /** The last line written before the worker ended, e.g. the message of a traceback. */
  String lastLine() {
    String[] lines =
        text.completeOnTimeout("", 1, TimeUnit.SECONDS).join().strip().split("\\R", -1);
    String last = lines[lines.length - 1];
    return last.isEmpty() ? "it ended without a word" : last;
  }

  private void drain(long pid, InputStream stream) {
    String kept = "";
    try (stream) {
      kept = new String(stream.readNBytes(KEPT_BYTES), UTF_8);
      stream.skip(Long.MAX_VALUE);
    } catch (IOException e) {
      LOGGER.atDebug().addKeyValue("pid", pid).setCause(e).log("worker's error output broke off");
    } finally {
      text.complete(kept);
    }
    if (!kept.isEmpty()) {
      LOGGER.atDebug().addKeyValue("pid", pid).log("worker wrote to standard error: {}", kept);
    }
  }
}
