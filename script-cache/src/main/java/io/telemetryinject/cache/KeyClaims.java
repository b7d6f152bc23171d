package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has scripts for one key written by one thread at a time, over all processes that share a cache on
 * a file system whose locks hold between them. A process that dies gives its claims up.
 */
public final class KeyClaims implements ScriptClaims {
  static final String DIRECTORY = "metadata/claims";

  /** Keys that begin alike share a file, so that files do not pile up: these wait needlessly. */
  private static final int DIGITS = 3;

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
    Path file = file(key);
    ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
    threads.lockInterruptibly();
    boolean taken = false;
    try {
      Claim claim = new Claim(threads, locked(file));
      taken = true;
      return claim;
    } catch (FileLockInterruptionException e) {
      throw new InterruptedException("interrupted while another process writes the script");
    } catch (IOException e) {
      throw CacheException.of("cannot lock", file, e);
    } finally {
      if (!taken) {
        threads.unlock();
      }
    }
  }

  private Path file(ScriptKey key) throws IOException {
    try {
      Path real = Files.createDirectories(directory).toRealPath();
      return real.resolve(key.digest().substring(0, DIGITS));
    } catch (IOException e) {
      throw CacheException.of("cannot lock", directory, e);
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
