package io.telemetryinject.cli;

import io.telemetryinject.coordinator.RunListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a run is: a bar on a terminal, a line every few seconds elsewhere. */
final class Progress implements RunListener, AutoCloseable {
  private static final long LINE_NANOS = 5_000_000_000L;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final PrintStream err;
  private final boolean terminal;
  private final AtomicInteger filesWritten = new AtomicInteger();
  private final AtomicInteger functions = new AtomicInteger();
  private final AtomicInteger decided = new AtomicInteger();
  private volatile int files;
  private long lastLine = System.nanoTime();
  private @Nullable ProgressBar bar;

  Progress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public synchronized void listed(int sourceFiles) {
    files = sourceFiles;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("files")
              .setInitialMax(sourceFiles)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(err))
              .build();
    } else {
      err.println("telemetry-inject: " + sourceFiles + " source files");
    }
  }

  @Override
  public void planned(int found, int tasks) {
    functions.addAndGet(found);
  }

  @Override
  public void decided(int tasks) {
    decided.addAndGet(tasks);
    showLine("");
  }

  @Override
  public synchronized void remark(String sentence) {
    err.println("telemetry-inject: " + sentence);
  }

  @Override
  public void written() {
    filesWritten.incrementAndGet();
    ProgressBar current = bar;
    if (current != null) {
      current.stepTo(filesWritten.get());
      current.setExtraMessage(" " + functions.get() + " functions");
    }
    showLine("");
  }

  @Override
  public void waiting(Duration idle) {
    showLine(idle.compareTo(LONG) < 0 ? "" : "; no outcome for " + idle.toSeconds() + " s");
  }

  private synchronized void showLine(String remark) {
    if (!terminal && System.nanoTime() - lastLine > LINE_NANOS) {
      lastLine = System.nanoTime();
      err.printf(
          "telemetry-inject: %,d of %,d files written, %,d functions found, %,d decided%s%n",
          filesWritten.get(), files, functions.get(), decided.get(), remark);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
