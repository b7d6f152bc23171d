package io.telemetryinject.llm;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps other threads and other processes out of a ledger's directory until it is closed. */
final class DirectoryLock implements AutoCloseable {
  /** File locks are per process: threads of this one keep apart by these. */
  private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;

  private DirectoryLock(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /** Waits without heed of interruption: what follows takes milliseconds and must not be halved. */
  static DirectoryLock of(Path directory) throws IOException {
    ReentrantLock threads = THREADS.computeIfAbsent(directory, any -> new ReentrantLock(true));
    threads.lock();
    boolean interrupted = Thread.interrupted();
    FileChannel channel = null;
    try {
      channel = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
      channel.lock();
      return new DirectoryLock(threads, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      threads.unlock();
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives the file lock back with its channel. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
