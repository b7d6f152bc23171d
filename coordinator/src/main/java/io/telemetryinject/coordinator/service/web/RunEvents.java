package io.telemetryinject.coordinator.service.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.service.web.SeenRuns.SeenRun;
import io.telemetryinject.model.RunStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs as server-sent events: a snapshot whenever something changed, so that whoever missed some,
 * for whatever reason, knows everything again with the next. A stream takes one of the server's
 * threads, and never waits for another stream.
 */
final class RunEvents implements SmartLifecycle {
  private static final int MAX_STREAMS = 64;
  private static final long LOOK_MILLIS = 500;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final SeenRuns runs;
  private final JsonMapper mapper;
  private final Semaphore streams = new Semaphore(MAX_STREAMS);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  RunEvents(SeenRuns runs, JsonMapper mapper) {
    this.runs = requireNonNull(runs, "runs is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
  }

  /** Tells how a run goes until it has ended, or nobody listens any more. */
  void stream(String name, HttpServletResponse response) throws IOException {
    runs.get(name);
    if (!streams.tryAcquire()) {
      throw Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE, "too many pages watch already; try again later");
    }
    try {
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("X-Accel-Buffering", "no");
      tell(name, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.release();
    }
  }

  private void tell(String name, HttpServletResponse response)
      throws IOException, InterruptedException {
    OutputStream out = response.getOutputStream();
    @Nullable SeenRun last = null;
    long lastWord = System.nanoTime();
    int id = 0;
    do {
      SeenRun now = runs.get(name);
      if (last == null || !isSame(last, now)) {
        String event = "id: " + ++id + "\nevent: status\ndata: " + mapper.writeValueAsString(now);
        send(out, event);
        last = now;
        lastWord = System.nanoTime();
      } else if (System.nanoTime() - lastWord > HEARTBEAT.toNanos()) {
        send(out, ": still here");
        lastWord = System.nanoTime();
      }
      response.flushBuffer();
      if (now.status().state().isEnd()) {
        send(out, "event: end\ndata: {}");
        return;
      }
    } while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
  }

  private static boolean isSame(SeenRun then, SeenRun now) {
    RunStatus status = now.status().withUpdated(then.status().updated());
    return then.silent() == now.silent() && then.status().equals(status);
  }

  private static void send(OutputStream out, String event) throws IOException {
    out.write((event + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Before the server waits for its last answers to be sent. */
  @Override
  public void stop() {
    stopped.countDown();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
