package io.telemetryinject.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.telemetryinject.llm.FleetShare;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's part of the limits that all generators share: equal parts for those that have scripts
 * in hand. One that has nothing to do, or dies, leaves its part to the others.
 *
 * <p>Each says in a file of its own, every second, whether it has any in hand. What counts is the
 * least that it had itself for a while, and the most that the others had: a part shrinks at once,
 * and grows when all others must have seen why, so that parts never add up to more than the whole.
 * Who cannot see the others any more has none. Ages are by the clock of the file system alone.
 */
final class DemandShare implements FleetShare, AutoCloseable {
  /** How long ago a worker may have looked at the others. */
  static final Duration BLIND = Duration.ofSeconds(4);

  /** How long a part must have been due: by then all others have looked, or have none. */
  static final Duration SETTLED = BLIND.plusSeconds(1);

  /** A worker that has said nothing for so long has had no part for long. */
  static final Duration GONE = SETTLED.multipliedBy(3);

  private static final Logger LOGGER = LoggerFactory.getLogger(DemandShare.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final String SUFFIX = ".demand";

  private final Path directory;
  private final Path own;
  private final IntSupplier demand;
  private final LongSupplier nanos;
  private final Deque<Seen> seen = new ArrayDeque<>();
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(DemandShare::thread);
  private boolean failing;

  /**
   * How many scripts were in hand, here and elsewhere.
   *
   * @param nanos when the others could see the one, and before the other was looked at
   */
  private record Seen(long nanos, long mine, long others) {}

  DemandShare(Path directory, IntSupplier demand, LongSupplier nanos) {
    this.directory = directory;
    this.own = directory.resolve(UUID.randomUUID() + SUFFIX);
    this.demand = demand;
    this.nanos = nanos;
  }

  /**
   * Starts to take part.
   *
   * @param directory that all generators share
   * @param demand how many scripts this worker has in hand
   */
  static DemandShare start(Path directory, IntSupplier demand) {
    DemandShare share = new DemandShare(directory, demand, System::nanoTime);
    share.beats.scheduleWithFixedDelay(share::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    return share;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "demand-share");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized double share() {
    long now = nanos.getAsLong();
    boolean blind = seen.isEmpty() || now - seen.getLast().nanos() > BLIND.toNanos();
    boolean settled = !seen.isEmpty() && now - seen.getFirst().nanos() >= SETTLED.toNanos();
    long mine = seen.stream().mapToLong(Seen::mine).min().orElse(0);
    long others = seen.stream().mapToLong(Seen::others).max().orElse(0);
    return blind || !settled || mine == 0 ? 0 : (double) mine / (mine + others);
  }

  /** Says what this worker has in hand, and looks what the others have. */
  void beat() {
    try {
      // Who has work has an equal part: parts by counts would change with every script, and every
      // change leaves a bit of the whole unused for a while.
      int mine = Math.min(1, demand.getAsInt());
      write(mine);
      long said = nanos.getAsLong();
      note(new Seen(said, mine, others()));
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOGGER
            .atWarn()
            .addKeyValue("directory", directory)
            .addKeyValue("problem", e.toString())
            .log("other generators cannot be seen: no calls until they can");
      }
      failing = true;
    }
  }

  /** Keeps what holds for the last while, which begins with the one in force at its start. */
  private synchronized void note(Seen latest) {
    seen.addLast(latest);
    while (seen.size() > 1) {
      Seen first = seen.removeFirst();
      if (latest.nanos() - seen.getFirst().nanos() < SETTLED.toNanos()) {
        seen.addFirst(first);
        return;
      }
    }
  }

  private void write(int mine) throws IOException {
    Files.createDirectories(directory);
    Path part = own.resolveSibling(own.getFileName() + ".part");
    Files.writeString(part, Integer.toString(mine), US_ASCII);
    Files.move(part, own, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private long others() throws IOException {
    long now = Files.getLastModifiedTime(own).toMillis();
    long others = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        others += file.equals(own) ? 0 : demandIn(file, now);
      }
    }
    return others;
  }

  private static int demandIn(Path file, long now) throws IOException {
    try {
      long age = now - Files.getLastModifiedTime(file).toMillis();
      if (age > FORGOTTEN.toMillis()) {
        Files.deleteIfExists(file);
      }
      return age > GONE.toMillis() || !file.toString().endsWith(SUFFIX)
          ? 0
          : Math.max(0, Integer.parseInt(Files.readString(file, US_ASCII)));
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    beats.shutdownNow();
    Files.deleteIfExists(own);
  }
}
