package io.telemetryinject.coordinator.output;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.model.RunId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One patch of the whole run, runtime files included, in path order. It appears when it is
 * complete; equal runs give equal patches.
 */
public final class PatchOutput implements RunOutput {
  private final Path input;
  private final Path target;
  private final Path spooled;
  private final RunId run;
  private final RuntimeFiles runtime;
  private final FileChannel spool;
  private final SortedMap<String, Piece> pieces = new TreeMap<>();

  /** Where a file's diff lies in the spool. */
  private record Piece(long position, int length) {}

  /**
   * @param input real path of the tree that is read
   * @param target the patch; what is written on the way lies beside it
   */
  public PatchOutput(Path input, Path target, RunId run, RuntimeFiles runtime) throws IOException {
    this.input = input;
    this.target = target.toAbsolutePath();
    this.run = run;
    this.runtime = runtime;
    this.spooled = beside(".spool");
    this.spool =
        FileChannel.open(
            spooled,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  private Path beside(String suffix) throws IOException {
    Path file = target.resolveSibling(target.getFileName() + suffix);
    Files.deleteIfExists(file); // A killed run may have left it.
    return file;
  }

  @Override
  public Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest) {
    return Optional.empty();
  }

  @Override
  public void keep(TreeEntry.SourceFile file, FileRecord fileRecord) {
    // A patch holds what changes only.
  }

  @Override
  public void write(List<AssembledFile> files) throws IOException {
    for (AssembledFile file : files) {
      runtime.add(file.path(), file.fileRecord());
      if (file.isChanged()) {
        add(file.fileRecord().path(), FileDiff.of(file));
      }
    }
  }

  private synchronized void add(String path, byte[] diff) throws IOException {
    pieces.put(path, new Piece(spool.position(), diff.length));
    ByteBuffer buffer = ByteBuffer.wrap(diff);
    while (buffer.hasRemaining()) {
      spool.write(buffer);
    }
  }

  @Override
  public void carryOver(List<TreeEntry> entries) {
    // A patch holds what changes only.
  }

  @Override
  public void complete() throws IOException {
    runtime.each(run, this::addRuntime);
    Path part = beside(".part");
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
      for (Piece piece : pieces.values()) {
        spool.position(piece.position());
        out.write(Channels.newInputStream(spool).readNBytes(piece.length()));
      }
    }
    Files.move(part, target, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  private void addRuntime(Path path, byte[] content) throws IOException {
    Path there = input.resolve(path);
    if (!Files.exists(there, NOFOLLOW_LINKS)) {
      add(PathText.of(path), FileDiff.ofNew(path, content));
      return;
    }
    byte[] before = Files.readAllBytes(there);
    if (!Arrays.equals(before, content)) {
      add(PathText.of(path), FileDiff.ofReplaced(path, before, content));
    }
  }

  @Override
  public void close() throws IOException {
    spool.close();
    Files.deleteIfExists(target.resolveSibling(target.getFileName() + ".part"));
  }
}
