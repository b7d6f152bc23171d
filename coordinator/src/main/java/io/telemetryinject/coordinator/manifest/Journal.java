package io.telemetryinject.coordinator.manifest;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.telemetryinject.coordinator.tree.FileClock;
import io.telemetryinject.coordinator.tree.SourceTree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run's log of files, written before each file is: after a crash a file is either as it was or as
 * its record says. Becomes the manifest when the run is complete.
 */
public final class Journal implements Closeable {
  private static final int COPY_BYTES = 1 << 18;

  private final Path directory;
  private final ManifestHeader header;
  private final FileChannel channel;
  private final ManifestLines lines = new ManifestLines();
  private final Map<String, Line> positions = new HashMap<>();

  private Journal(Path directory, ManifestHeader header, FileChannel channel) {
    this.directory = directory;
    this.header = header;
    this.channel = channel;
  }

  /** Opens the journal of an output, behind what a killed run may have left in it. */
  public static Journal open(Path root, ManifestHeader header) throws IOException {
    Path directory = root.resolve(SourceTree.RUN_DIRECTORY);
    if (Files.isSymbolicLink(directory)) {
      throw new IOException(directory + " is a symbolic link; nothing is written there");
    }
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(Manifest.JOURNAL),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    Journal journal = new Journal(directory, header, channel);
    journal.start();
    return journal;
  }

  private void start() throws IOException {
    long size = channel.size();
    channel.position(size);
    if (size > 0) {
      writeFully(new byte[] {'\n'}); // ends a line that may have been cut off
    }
    writeFully(lines.write(header));
  }

  /** Adds records and makes them durable. */
  public synchronized void append(List<FileRecord> records) throws IOException {
    for (FileRecord fileRecord : records) {
      note(fileRecord);
    }
    channel.force(false);
  }

  /**
   * Adds the record of a file that stays as it is; a crash may lose it, since nothing depends on it
   * before the run is complete.
   */
  public synchronized void note(FileRecord fileRecord) throws IOException {
    note(fileRecord.path(), fileRecord);
  }

  /** Adds what was carried over, as {@link #note(FileRecord)} does. */
  public synchronized void note(CarriedRecord carried) throws IOException {
    note(carried.carried(), carried);
  }

  private void note(String path, Object line) throws IOException {
    byte[] written = lines.write(line);
    positions.put(path, new Line(channel, channel.position(), written.length));
    writeFully(written);
  }

  /**
   * Takes what an earlier run's manifest says of something that stays as it is over from there,
   * where it is safe until this run is complete.
   *
   * @param earlier stays open until then
   */
  public synchronized void takeOver(String path, Manifest earlier) throws IOException {
    positions.put(path, earlier.line(path));
  }

  /**
   * Writes the manifest, in path order and with the files of this run only, and drops the journal.
   */
  public synchronized void complete() throws IOException {
    Path part = directory.resolve(Manifest.MANIFEST + ".part");
    Files.deleteIfExists(part);
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Line.writeFully(out, ByteBuffer.wrap(lines.write(header)));
      copyLines(out);
    }
    // What the run wrote is older than its manifest; what anybody writes afterwards is not.
    Files.setLastModifiedTime(part, FileClock.awaitTick(directory));
    Files.move(part, directory.resolve(Manifest.MANIFEST), ATOMIC_MOVE, REPLACE_EXISTING);
    channel.close();
    Files.delete(directory.resolve(Manifest.JOURNAL));
  }

  /** What lies together is copied together. */
  private void copyLines(FileChannel out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
    Line pending = null;
    for (Line line : new TreeMap<>(positions).values()) {
      if (pending != null && pending.isFollowedBy(line)) {
        pending = pending.with(line);
        continue;
      }
      if (pending != null) {
        pending.copyTo(out, buffer);
      }
      pending = line;
    }
    if (pending != null) {
      pending.copyTo(out, buffer);
    }
  }

  private void writeFully(byte[] bytes) throws IOException {
    Line.writeFully(channel, ByteBuffer.wrap(bytes));
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
