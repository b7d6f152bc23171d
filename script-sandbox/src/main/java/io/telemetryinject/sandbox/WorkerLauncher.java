package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * Starts worker processes, all from one thread that lives as long as they may: Linux ends a worker
 * when the <em>thread</em> that started it ends.
 */
final class WorkerLauncher implements AutoCloseable {
  private final WorkerOptions options;
  private final byte[] bundle;
  private final List<String> command;
  private final ExecutorService starter = Executors.newSingleThreadExecutor(daemon("starter"));
  private final ScheduledThreadPoolExecutor watchdog =
      new ScheduledThreadPoolExecutor(1, daemon("watchdog"));

  WorkerLauncher(WorkerOptions options) {
    this.options = options;
    this.bundle = options.kind().bundle();
    this.command = command(options);
    watchdog.setRemoveOnCancelPolicy(true);
  }

  /** Starts a process, which is not ready before {@link Worker#awaitReady()}. */
  Worker launch() {
    try {
      Process process = CompletableFuture.supplyAsync(unchecked(this::start), starter).join();
      return new Worker(process, options.settings(), bundle, watchdog);
    } catch (CompletionException e) {
      throw new SandboxUnavailableException(
          "The Python interpreter cannot be started: " + rootMessage(e),
          "interpreter " + options.settings().python(),
          "Name another one with --python PATH.");
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // Empty, not cleared later: what a process was started with stays readable in its memory.
    builder.environment().clear();
    builder.environment().putAll(options.environment());
    return builder.start();
  }

  private static List<String> command(WorkerOptions options) {
    List<String> command = new ArrayList<>();
    command.add(options.settings().python());
    // -I and -E would ignore a hash seed; with nothing else in the environment, -s isolates as
    // well.
    command.addAll(options.environment().isEmpty() ? options.kind().flags() : List.of("-sSB"));
    command.add("-c");
    command.add(new String(PythonSource.read("bootstrap.py"), UTF_8));
    command.add(options.kind().main());
    command.addAll(options.arguments());
    return command;
  }

  @Override
  public void close() {
    starter.shutdownNow();
    watchdog.shutdownNow();
  }

  private static <T> java.util.function.Supplier<T> unchecked(Callable<T> action) {
    return () -> {
      try {
        return action.call();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static String rootMessage(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, "sandbox-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
