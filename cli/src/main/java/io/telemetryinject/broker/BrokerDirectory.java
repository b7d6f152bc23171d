package io.telemetryinject.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where one broker keeps its records; held by one process at a time, also after a crash. */
final class BrokerDirectory implements AutoCloseable {
  private static final String FORMAT = "1";

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;

  private BrokerDirectory(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /** What puts an empty broker into an empty directory. */
  interface Formatting {
    void format(Path empty) throws Exception;
  }

  static BrokerDirectory take(Path directory) throws BrokerException {
    Path absolute = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      FileChannel channel =
          FileChannel.open(
              absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new BrokerException(
            "cannot start the embedded broker in " + absolute + ": another run is using it",
            "Wait for that run to end, or give this one a --cache-dir of its own.",
            null);
      }
      return new BrokerDirectory(absolute, channel, lock);
    } catch (BrokerException e) {
      throw e;
    } catch (IOException e) {
      throw unusable(absolute, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Where the records are; formatted first if need be, whole or not at all. */
  Path records(Formatting formatting) throws BrokerException {
    Path records = directory.resolve("records");
    try {
      if (Files.exists(records)) {
        checkFormat(records);
      } else {
        Path fresh = empty(directory.resolve("records.new"));
        format(fresh, formatting);
        Files.move(fresh, records, StandardCopyOption.ATOMIC_MOVE);
      }
      return records;
    } catch (BrokerException e) {
      throw e;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** What is there was left by a process that died before it had formatted it. */
  private static Path empty(Path fresh) throws IOException {
    if (Files.exists(fresh)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(fresh)) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
      return fresh;
    }
    return Files.createDirectory(fresh);
  }

  private static void format(Path fresh, Formatting formatting) throws IOException {
    try {
      formatting.format(fresh);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void checkFormat(Path records) throws IOException {
    Path file = records.resolve("meta.properties");
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    String version = properties.getProperty("version");
    if (!FORMAT.equals(version)
        || !Integer.toString(KraftSettings.NODE).equals(properties.getProperty("node.id"))) {
      throw new BrokerException(
          "cannot start the embedded broker in "
              + directory
              + ": its format is "
              + (version == null ? "unknown" : version)
              + ", and this version reads "
              + FORMAT,
          "Use the version that wrote it, or delete the directory: unfinished runs start afresh.",
          null);
    }
  }

  private static BrokerException unusable(Path directory, IOException e) {
    String reason = e instanceof FileSystemException error ? error.getReason() : e.getMessage();
    return new BrokerException(
        "cannot start the embedded broker in "
            + directory
            + ": "
            + (e instanceof AccessDeniedException ? "permission denied" : reason),
        "Make it a directory that this user can write to, with space left, and run again.",
        e);
  }

  BrokerException cannotStart(Exception cause) {
    return new BrokerException(
        "cannot start the embedded broker in " + directory + ": " + cause.getMessage(),
        "Run again; if it stays, delete the directory: unfinished runs start afresh.",
        cause);
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }
}
