package io.telemetryinject.cache.s3;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.cache.StoredObject;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims as leases: objects that are created once, written again while they are held, and deleted
 * when they are given up. A lease that was not renewed for a while, by the server's clock, is
 * followed by the one with the next number, so that of all who wait one takes it over. Two may hold
 * a key where a holder was stopped for longer than that: then a script is paid for twice, and
 * creating it once still has one winner.
 */
final class S3KeyClaims implements ScriptClaims, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(S3KeyClaims.class);
  private static final String DIRECTORY = "metadata/claims";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final S3Requests requests;
  private final Timing timing;
  private final String holder = UUID.randomUUID().toString();
  private final Map<String, ReentrantLock> threads = new ConcurrentHashMap<>();
  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "claims");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param renewed how often a lease is written again
   * @param expired after how long without that it is nobody's
   */
  record Timing(Duration renewed, Duration expired) {
    static final Timing USUAL = new Timing(Duration.ofSeconds(15), Duration.ofSeconds(60));
  }

  S3KeyClaims(S3Requests requests, Timing timing) {
    this.requests = requireNonNull(requests, "requests is null");
    this.timing = requireNonNull(timing, "timing is null");
    long nanos = timing.renewed().toNanos();
    renewals.scheduleWithFixedDelay(this::renew, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private final class Lease implements Claim {
    private final ReentrantLock lock;
    private final String key;

    private Lease(ReentrantLock lock, String key) {
      this.lock = lock;
      this.key = key;
      held.add(this);
    }

    private synchronized void renew() throws CacheException {
      if (held.contains(this)) {
        requests.put(key, text());
      }
    }

    /** Once it is given up it is not renewed any more: another's may have the same name. */
    private synchronized void release() throws CacheException {
      if (held.remove(this)) {
        requests.delete(key);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        release();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public Claim take(ScriptKey key) throws IOException, InterruptedException {
    return take(key.digest());
  }

  @Override
  public Claim takeTests(ScriptKey subject) throws IOException, InterruptedException {
    return take("tests-" + subject.digest());
  }

  private Claim take(String name) throws IOException, InterruptedException {
    ReentrantLock lock = threads.computeIfAbsent(name, any -> new ReentrantLock());
    lock.lockInterruptibly();
    boolean taken = false;
    try {
      for (int round = 0; ; round++) {
        Optional<String> lease = tryTake(name);
        if (lease.isPresent()) {
          taken = true;
          return new Lease(lock, lease.get());
        }
        pause(round);
      }
    } finally {
      if (!taken) {
        lock.unlock();
      }
    }
  }

  private Optional<String> tryTake(String name) throws CacheException {
    List<Integer> numbers = numbers(name);
    int last = numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
    if (last > 0 && !isExpired(leaseKey(name, last))) {
      return Optional.empty();
    }
    String next = leaseKey(name, last + 1);
    if (!requests.create(next, text())) {
      return Optional.empty();
    }
    for (int number : numbers) {
      requests.delete(leaseKey(name, number));
    }
    return Optional.of(next);
  }

  private List<Integer> numbers(String name) throws CacheException {
    List<Integer> numbers = new ArrayList<>();
    for (StoredObject object : requests.list(DIRECTORY, name + ".")) {
      String number = object.name().substring(name.length() + 1);
      if (number.matches("[1-9][0-9]{0,8}")) {
        numbers.add(Integer.parseInt(number));
      }
    }
    return numbers;
  }

  private boolean isExpired(String lease) throws CacheException {
    return requests
        .head(lease)
        .filter(standing -> standing.age().compareTo(timing.expired()) > 0)
        .isPresent();
  }

  private static String leaseKey(String name, int number) {
    return DIRECTORY + "/" + name + "." + number;
  }

  private byte[] text() {
    return ("{\"holder\": \"" + holder + "\"}\n").getBytes(StandardCharsets.UTF_8);
  }

  private void renew() {
    for (Lease lease : held) {
      try {
        lease.renew();
      } catch (CacheException | RuntimeException e) {
        LOGGER.atWarn().addKeyValue("problem", e.getMessage()).log("claim not renewed");
      }
    }
  }

  private static void pause(int round) throws InterruptedException {
    long longest = Math.min(FIRST_PAUSE.toNanos() << Math.min(round, 16), LONGEST_PAUSE.toNanos());
    TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }

  /** Gives up what is still held. */
  @Override
  public void close() {
    renewals.shutdownNow();
    for (Lease lease : held) {
      try {
        lease.release();
      } catch (CacheException e) {
        LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("claim left to expire");
      }
    }
  }
}
