package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has what is wanted for one key written by one thread at a time, over all processes that share a
 * cache on a file system whose locks hold between them. A process that dies gives its claims up.
 */
public final class KeyClaims implements ScriptClaims {
  static final String DIRECTORY = "metadata/claims";

  /** Keys that begin alike share a file, so that files do not pile up: these wait needlessly. */
  private static final int DIGITS = 3;

  private static final long LOOK_MILLIS = 50;

  /** File locks are per process: its threads keep apart by these. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path directory;

  public KeyClaims(Path cacheDirectory) {
    requireNonNull(cacheDirectory, "cacheDirectory is null");
    this.directory = cacheDirectory.resolve(DIRECTORY);
  }

  /** Held by the thread that took it. */
  public static final class Claim implements ScriptClaims.Claim {
    private final ReentrantLock threads;
    private final FileChannel channel;

    private Claim(ReentrantLock threads, FileChannel channel) {
      this.threads = threads;
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        threads.unlock();
      }
    }
  }

  @Override
  public Claim take(ScriptKey key) throws IOException, InterruptedException {
    return take(file(directory, key));
  }

  @Override
  public Claim takeTests(ScriptKey subject) throws IOException, InterruptedException {
    return take(file(directory.resolve("tests"), subject));
  }

  private static Claim take(Path file) throws IOException, InterruptedException {
    ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
    threads.lockInterruptibly();
    boolean taken = false;
    try {
      Claim claim = new Claim(threads, locked(file));
      taken = true;
      return claim;
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("interrupted while another process holds the claim");
    } catch (IOException e) {
      throw CacheException.of("cannot lock", file, e);
    } finally {
      if (!taken) {
        threads.unlock();
      }
    }
  }

  private static Path file(Path directory, ScriptKey key) throws IOException {
    try {
      Path real = Files.createDirectories(directory).toRealPath();
      return real.resolve(key.digest().substring(0, DIGITS));
    } catch (IOException e) {
      throw CacheException.of("cannot lock", directory, e);
    }
  }

  /**
   * Looks again and again instead of waiting in the kernel, which takes processes for what waits:
   * it would see a deadlock where two threads of each hold a claim and wait for another.
   */
  private static FileChannel locked(Path file) throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (channel.tryLock() == null) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return channel;
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
