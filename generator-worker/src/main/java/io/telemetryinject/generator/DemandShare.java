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
 * <p>Each says in a file of its own, every second, whether it has any in hand. Who has a part has
 * said so for as long as it takes all others to look, and who cannot look any more has none: so
 * everyone who has a part counts all others who have one, and parts never add up to more than the
 * whole. Who says that it has nothing has given its part up before, and who has been silent for
 * {@link #GONE} lost it after {@link #BLIND}: the others may take it when they see that. Ages are
 * by the clock of the file system alone.
 */
final class DemandShare implements FleetShare, AutoCloseable {
  /** How long ago a worker may have looked at the others. */
  static final Duration BLIND = Duration.ofSeconds(4);

  /** How long it must have been said: by then all others have looked, or have no part. */
  static final Duration SETTLED = BLIND.plusSeconds(1);

  /** A worker that has said nothing for so long has no part any more. */
  static final Duration GONE = BLIND.plusSeconds(2);

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
  private boolean idle = true;
  private boolean failing;

  /**
   * How many scripts were in hand, here and elsewhere.
   *
   * @param began before the one was said
   * @param said when the others could see it, and before they were looked at
   */
  private record Seen(long began, long said, int mine, int others) {}

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
    if (idle || seen.isEmpty()) {
      return 0;
    }
    long now = nanos.getAsLong();
    boolean blind = now - seen.getLast().began() > BLIND.toNanos();
    boolean settled = now - seen.getFirst().said() >= SETTLED.toNanos();
    boolean steady = seen.stream().allMatch(s -> s.mine() > 0);
    return blind || !settled || !steady ? 0 : 1.0 / (1 + seen.getLast().others());
  }

  /** Where this worker says what it has. */
  Path file() {
    return own;
  }

  /** Says whether this worker has any in hand, and looks which others have. */
  void beat() {
    try {
      // Who has work has an equal part: parts by counts would change with every script, and every
      // change leaves a bit of the whole unused for a while.
      int mine = Math.min(1, demand.getAsInt());
      keep(mine > 0);
      long began = nanos.getAsLong();
      write(mine);
      long said = nanos.getAsLong();
      note(new Seen(began, said, mine, others()));
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

  /** Gives the part up before the others are told. */
  private synchronized void keep(boolean part) {
    idle = !part;
    if (idle) {
      seen.clear();
    }
  }

  /**
   * Keeps what holds for the last while, which begins with the one in force at its start. Who was
   * blind begins anew: the others may have taken it for gone.
   */
  private synchronized void note(Seen latest) {
    if (!seen.isEmpty() && latest.said() - seen.getLast().began() > BLIND.toNanos()) {
      seen.clear();
    }
    seen.addLast(latest);
    while (seen.size() > 1) {
      Seen first = seen.removeFirst();
      if (latest.said() - seen.getFirst().said() < SETTLED.toNanos()) {
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

  private int others() throws IOException {
    long now = Files.getLastModifiedTime(own).toMillis();
    int others = 0;
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
