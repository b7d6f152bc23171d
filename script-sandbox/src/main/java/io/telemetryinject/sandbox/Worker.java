package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One warm worker process; used by one thread at a time. */
final class Worker implements AutoCloseable {
  private static final int READY = 0;
  private static final int REFUSED = 1;
  private static final int MISSING = 2;
  private static final Duration START_DEADLINE = Duration.ofMinutes(5);

  /** The worker ends its child on time; only when it cannot is the worker itself ended. */
  private static final Duration GRACE = Duration.ofMillis(1500);

  private static final int LARGEST_REPLY = WorkerOptions.ANSWER_BYTES + (1 << 10);

  private final Process process;
  private final SandboxSettings settings;
  private final ScheduledExecutorService watchdog;
  private final OutputStream requests;
  private final DataInputStream replies;
  private final ErrorOutput errors;
  private final Set<String> knownScripts = new HashSet<>();

  Worker(
      Process process, SandboxSettings settings, byte[] bundle, ScheduledExecutorService watchdog) {
    this.process = process;
    this.settings = settings;
    this.watchdog = watchdog;
    this.requests = process.getOutputStream();
    this.replies = new DataInputStream(process.getInputStream());
    this.errors = ErrorOutput.of(process);
    try {
      requests.write(bundle);
      requests.flush();
    } catch (IOException e) {
      // It ended already; awaitReady tells why. Its handle ends it without closing its error
      // output.
      boolean unused = process.toHandle().destroyForcibly();
    }
  }

  /** Waits until the worker has locked itself up. */
  void awaitReady() {
    byte[] greeting;
    try {
      greeting = within(START_DEADLINE, this::readFrame);
    } catch (IOException e) {
      // Before the close, which cuts its error output off.
      String lastWords = errors.lastLine();
      close();
      throw unavailable("The Python interpreter does not start: " + lastWords);
    }
    int word = greeting.length == 0 ? REFUSED : greeting[0];
    if (word != READY) {
      close();
      String reason = new String(greeting, UTF_8).substring(Math.min(1, greeting.length));
      throw word == MISSING
          ? packageMissing(reason)
          : unavailable("The sandbox for scripts cannot be set up: " + reason);
    }
  }

  /** Scripts that the worker should still have, by digest. */
  Set<String> knownScripts() {
    return knownScripts;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @throws IOException when the worker is lost, or had to be ended
   */
  Reply ask(Payload request, Duration deadline) throws IOException {
    byte[] frame =
        within(
            deadline.plus(GRACE),
            () -> {
              requests.write(new Payload().u32(request.size()).toBytes());
              request.writeTo(requests);
              requests.flush();
              return readFrame();
            });
    return Reply.parse(frame);
  }

  private byte[] within(Duration limit, Exchange exchange) throws IOException {
    ScheduledFuture<?> kill =
        watchdog.schedule(process::destroyForcibly, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return exchange.perform();
    } finally {
      kill.cancel(false);
    }
  }

  private byte[] readFrame() throws IOException {
    int size = Integer.reverseBytes(replies.readInt());
    if (size < 0 || size > LARGEST_REPLY) {
      throw new IOException("a frame of " + size + " bytes");
    }
    byte[] frame = new byte[size];
    replies.readFully(frame);
    return frame;
  }

  private SandboxUnavailableException packageMissing(String reason) {
    return new SandboxUnavailableException(
        "New scripts cannot be validated: " + reason,
        where(),
        "Install what is missing ("
            + settings.python()
            + " -m pip install pytest pylint), or name another interpreter: --python PATH.");
  }

  private String where() {
    return String.format(
        "interpreter %s on %s %s (%s)",
        settings.python(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"));
  }

  private SandboxUnavailableException unavailable(String what) {
    return new SandboxUnavailableException(
        what,
        where(),
        "Use Python 3.9 or later (--python PATH) on Linux with seccomp; or, if you trust every"
            + " script in the cache, run without the lock: --sandbox none.");
  }

  /** For a worker whose child could not install its filter: nothing was run. */
  SandboxUnavailableException childNotLocked() {
    return unavailable("The sandbox for scripts cannot be set up: a child could not be locked");
  }

  /** Ends the process and, with it, whatever it is running. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  @FunctionalInterface
  private interface Exchange {
    byte[] perform() throws IOException;
  }
}
