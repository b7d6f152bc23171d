package io.telemetryinject.coordinator.status;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.model.RunStatus;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells on the topic {@code runs} how runs go: once a second while something changes, else every
 * ten seconds, so that a coordinator that died is noticed, and their end in any case.
 */
public final class RunAnnouncer implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunAnnouncer.class);
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final long LAST_WORD_SECONDS = 10;

  private final RecordPublisher publisher;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "run-announcer");
            thread.setDaemon(true);
            return thread;
          });

  public RunAnnouncer(RecordPublisher publisher) {
    this.publisher = requireNonNull(publisher, "publisher is null");
  }

  /** A run that is told of until this is closed. */
  public interface Announcement extends AutoCloseable {
    /** Tells the last word, and waits until it is there, or cannot be. */
    @Override
    void close();
  }

  /** Begins to tell how a run goes. */
  public Announcement announce(RunWatch watch) {
    Teller teller = new Teller(watch);
    var ticks = clock.scheduleAtFixedRate(teller::tick, 0, 1, TimeUnit.SECONDS);
    return () -> {
      ticks.cancel(false);
      teller.lastWord();
    };
  }

  private final class Teller {
    private final RunWatch watch;
    private @Nullable RunStatus last;

    Teller(RunWatch watch) {
      this.watch = watch;
    }

    /** What a broker cannot take now is said again later: a run never waits for it. */
    synchronized void tick() {
      try {
        RunStatus now = watch.status();
        if (last == null || isNews(last, now)) {
          publisher.publish(now);
          last = now;
        }
      } catch (RuntimeException e) {
        LOGGER.atDebug().setCause(e).log("cannot tell how a run goes");
      }
    }

    /** Told also by a thread that was interrupted: that is why there is a last word. */
    synchronized void lastWord() {
      boolean interrupted = Thread.interrupted();
      try {
        publisher.publish(watch.status()).get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException | TimeoutException | RuntimeException e) {
        LOGGER.atWarn().log("cannot tell how the run ended: {}", e.toString());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static boolean isNews(RunStatus then, RunStatus now) {
      return !then.equals(at(now, then))
          || Duration.between(then.updated(), now.updated()).compareTo(QUIET) > 0;
    }

    /** The later status as if it had been told at the earlier time. */
    private static RunStatus at(RunStatus now, RunStatus then) {
      return now.withUpdated(then.updated());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
