package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes requests until one is answered: again after a pause that doubles, with jitter, for as long
 * as patience lasts. It is counted from the outage's beginning, over all threads: once it is used
 * up, a caller tries every few seconds, all others fail at once, and the first answer restores it.
 */
final class Patience {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** So many attempts fail before anybody hears of it. */
  private static final int QUIET_ATTEMPTS = 4;

  /** With patience used up, one caller in so long tries; the others are told at once. */
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(5);

  private final S3Settings settings;
  private final OutageListener listener;
  private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();
  private volatile boolean answered;

  Patience(S3Settings settings, OutageListener listener) {
    this.settings = requireNonNull(settings, "settings is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  /** Time without any answer. */
  private record Outage(long began, boolean told, long tried, SdkException failure) {
    Duration lasted() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /** One request. */
  @FunctionalInterface
  interface Request<T> {

    /**
     * @param repeated whether it may have been carried out before without our having heard of it
     */
    T send(boolean repeated);
  }

  <T> T send(String doing, String where, Request<T> request) throws CacheException {
    failAtOnce(doing, where);
    for (int attempt = 0; ; attempt++) {
      SdkException failure;
      try {
        T answer = request.send(attempt > 0);
        answered();
        return answer;
      } catch (SdkException e) {
        failure = e;
      }
      if (!S3Failures.passes(failure)) {
        answered();
        throw S3Failures.lasting(doing, where, failure);
      }
      Duration lasted = failed(attempt, failure);
      if (lasted.compareTo(patience()) >= 0) {
        throw S3Failures.waitedInVain(doing, where, failure, lasted.toSeconds());
      }
      pause(attempt, doing, where);
    }
  }

  private Duration patience() {
    return answered ? settings.patience() : settings.firstPatience();
  }

  private void answered() {
    answered = true;
    if (outage.get() == null) {
      return;
    }
    Outage over = outage.getAndSet(null);
    if (over != null && over.told()) {
      listener.ended(settings.location().toString(), over.lasted());
    }
  }

  private void failAtOnce(String doing, String where) throws CacheException {
    Outage current = outage.get();
    if (current != null
        && current.lasted().compareTo(patience()) >= 0
        && System.nanoTime() - current.tried() < BETWEEN_TRIALS.toNanos()) {
      throw S3Failures.waitedInVain(doing, where, current.failure(), current.lasted().toSeconds());
    }
  }

  private Duration failed(int attempt, SdkException failure) {
    long now = System.nanoTime();
    AtomicBoolean tell = new AtomicBoolean();
    Outage current =
        requireNonNull(
            outage.updateAndGet(
                known -> {
                  boolean told = known != null && known.told();
                  tell.set(!told && attempt + 1 >= QUIET_ATTEMPTS);
                  return new Outage(
                      known == null ? now : known.began(), told || tell.get(), now, failure);
                }));
    if (tell.get()) {
      listener.began(settings.location().toString(), S3Failures.words(failure), patience());
    }
    return current.lasted();
  }

  private static void pause(int attempt, String doing, String where) throws CacheException {
    long longest =
        Math.min(FIRST_PAUSE.toNanos() << Math.min(attempt, 16), LONGEST_PAUSE.toNanos());
    sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1), doing, where);
  }

  static void sleep(long nanos, String doing, String where) throws CacheException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw S3Failures.interrupted(doing, where);
    }
  }
}
