package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps writers of one cache apart, in this process and in others, while a script and its entry are
 * given their names. Readers never wait for it; a process that dies gives it up.
 */
final class WriteLock implements ObjectStore.Lock {
  private static final String DIRECTORY = "metadata";

  /** The file lock belongs to the whole process, so that its threads need one of their own. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;
  private final FileLock lock;

  private WriteLock(ReentrantLock threads, FileChannel channel, FileLock lock) {
    this.threads = threads;
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits for the lock; it is held for a few renames, never for a write. */
  static WriteLock take(FileObjectStore store) throws CacheException {
    Path directory = store.path(DIRECTORY);
    Path file = directory.resolve("lock");
    ReentrantLock threads = null;
    try {
      Files.createDirectories(directory);
      threads = THREADS.computeIfAbsent(directory.toRealPath(), path -> new ReentrantLock());
      threads.lock();
      return open(file, threads);
    } catch (IOException e) {
      if (threads != null && threads.isHeldByCurrentThread()) {
        threads.unlock();
      }
      throw CacheException.of("cannot lock", file, e);
    }
  }

  private static WriteLock open(Path file, ReentrantLock threads) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      return new WriteLock(threads, channel, channel.lock());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws CacheException {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new CacheException(CacheError.IO, "cannot unlock the cache: " + e.getMessage(), e);
    } finally {
      threads.unlock();
    }
  }
}
