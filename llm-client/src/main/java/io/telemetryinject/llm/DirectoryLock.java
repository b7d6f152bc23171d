package io.telemetryinject.llm;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
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

  /** Waits whatever interrupts: what follows takes milliseconds and must not be half done. */
  static DirectoryLock of(Path directory) throws IOException {
    ReentrantLock threads = THREADS.computeIfAbsent(directory, any -> new ReentrantLock(true));
    threads.lock();
    try {
      return new DirectoryLock(threads, locked(directory.resolve("lock")));
    } catch (IOException | RuntimeException e) {
      threads.unlock();
      throw e;
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        try {
          channel.lock();
          return channel;
        } catch (FileLockInterruptionException e) {
          channel.close();
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      }
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
