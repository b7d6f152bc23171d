package io.telemetryinject.coordinator.manifest;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.telemetryinject.coordinator.tree.SourceTree;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs left in an output: the newest record of each file, read from disk on demand
 * since insertion lists are long.
 */
public final class Manifest implements Closeable {
  static final String MANIFEST = "manifest.jsonl";
  static final String JOURNAL = "journal.jsonl";
  private static final String HEADER_START = "{\"format\":";

  private final ManifestLines lines = new ManifestLines();
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<Path, RandomAccessFile> files = new HashMap<>();
  private final Set<String> runtime = new TreeSet<>();
  private @Nullable ManifestHeader header;

  /** Where a file's record lies, and what is asked of it most. */
  private record Entry(
      Path file, long position, int length, String policy, String before, String after) {}

  private Manifest() {}

  /**
   * Reads the manifest and the journal of an output, if it has them. A journal's last line may be
   * cut off; it is passed over.
   *
   * @param root of the output
   * @throws IOException when they cannot be read, or are of a format that this program does not
   *     know
   */
  public static Manifest read(Path root) throws IOException {
    Manifest manifest = new Manifest();
    Path directory = root.resolve(SourceTree.RUN_DIRECTORY);
    for (String name : List.of(MANIFEST, JOURNAL)) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
        manifest.index(file);
      }
    }
    return manifest;
  }

  /** Whether a run has been here at all. */
  public boolean exists() {
    return header != null;
  }

  /** The newest run's header. */
  public Optional<ManifestHeader> header() {
    return Optional.ofNullable(header);
  }

  /** Paths of the runtime files that any of the runs added. */
  public Set<String> runtime() {
    return runtime;
  }

  public Collection<String> paths() {
    return entries.keySet();
  }

  /**
   * The digest a file had before the run that recorded it, if its digest is now the recorded one.
   */
  public Optional<String> originalDigest(String path, String digestNow) {
    return Optional.ofNullable(entries.get(path))
        .filter(entry -> entry.after().equals(digestNow))
        .map(Entry::before);
  }

  /** The record of a file, if it was made under this policy from a file of this digest. */
  public Optional<FileRecord> find(String path, String policy, String before) throws IOException {
    Entry entry = entries.get(path);
    boolean matches =
        entry != null && entry.policy().equals(policy) && entry.before().equals(before);
    return matches ? record(path) : Optional.empty();
  }

  /** The newest record of a file. */
  public Optional<FileRecord> record(String path) throws IOException {
    Entry entry = entries.get(path);
    if (entry == null) {
      return Optional.empty();
    }
    byte[] line = new byte[entry.length()];
    synchronized (files) {
      RandomAccessFile file = files.get(entry.file());
      if (file == null) {
        file = new RandomAccessFile(entry.file().toFile(), "r");
        files.put(entry.file(), file);
      }
      file.seek(entry.position());
      file.readFully(line);
    }
    return Optional.of(lines.read(new String(line, StandardCharsets.UTF_8), FileRecord.class));
  }

  private void index(Path file) throws IOException {
    long position = 0;
    try (InputStream in = Files.newInputStream(file)) {
      LineReader reader = new LineReader(in);
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        indexLine(file, position, line);
        position += line.length + 1;
      }
    }
  }

  private void indexLine(Path file, long position, byte[] line) throws IOException {
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return;
    }
    if (text.startsWith(HEADER_START)) {
      if (!lines.isWhole(text)) {
        return; // A run was killed before it began: it wrote nothing else.
      }
      ManifestHeader next = lines.read(text, ManifestHeader.class);
      if (next.format() != ManifestHeader.FORMAT) {
        throw new IOException(
            file
                + " is of format "
                + next.format()
                + "; this program knows "
                + ManifestHeader.FORMAT);
      }
      header = next;
      runtime.addAll(next.runtime());
      return;
    }
    try {
      FileRecord fileRecord = lines.read(text, FileRecord.class);
      String policy = header == null ? "" : header.policy();
      entries.put(
          fileRecord.path(),
          new Entry(file, position, line.length, policy, fileRecord.before(), fileRecord.after()));
    } catch (IOException cutOff) {
      // A line that a killed run did not finish: its file is simply done again.
    }
  }

  /** Lines of bytes, so that positions in the file are known. */
  private static final class LineReader {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int limit;

    LineReader(InputStream in) {
      this.in = in;
    }

    byte @Nullable [] next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (true) {
        if (next == limit) {
          limit = in.read(buffer);
          next = 0;
          if (limit <= 0) {
            limit = 0;
            return line.size() == 0 ? null : line.toByteArray();
          }
        }
        int start = next;
        while (next < limit && buffer[next] != '\n') {
          next++;
        }
        line.write(buffer, start, next - start);
        if (next < limit) {
          next++;
          return line.toByteArray();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (files) {
      for (RandomAccessFile file : files.values()) {
        file.close();
      }
      files.clear();
    }
  }
}
