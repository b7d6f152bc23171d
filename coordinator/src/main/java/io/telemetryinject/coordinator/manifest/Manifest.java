package io.telemetryinject.coordinator.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.telemetryinject.coordinator.tree.SourceTree;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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
  private static final byte[] HEADER_START = "{\"format\":".getBytes(UTF_8);
  private static final byte[] CARRIED_START = "{\"carried\":".getBytes(UTF_8);

  private final ManifestLines lines = new ManifestLines();
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, CarriedRecord> carried = new HashMap<>();
  private final Map<Path, RandomAccessFile> files = new HashMap<>();
  private final Set<String> runtime = new TreeSet<>();
  private @Nullable ManifestHeader header;
  private boolean completed;

  /** Where a file's record lies, and all of it but its insertions. */
  private record Entry(Path file, long position, int length, String policy, FileRecord outline) {}

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
        manifest.index(file, name.equals(MANIFEST));
        manifest.completed = name.equals(MANIFEST);
      }
    }
    return manifest;
  }

  /** No manifest at all. */
  public static Manifest none() {
    return new Manifest();
  }

  /** Whether a directory holds what a run of ours leaves, whatever is in it. */
  public static boolean hasTraces(Path root) {
    return Files.isDirectory(root.resolve(SourceTree.RUN_DIRECTORY), NOFOLLOW_LINKS);
  }

  /** Where an output's manifest lies. */
  public static Path fileIn(Path root) {
    return root.resolve(SourceTree.RUN_DIRECTORY).resolve(MANIFEST);
  }

  /** Whether the newest run came to its end. */
  public boolean isOfCompletedRun() {
    return completed && header != null;
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

  /** Paths of the source files. */
  public Collection<String> paths() {
    return entries.keySet();
  }

  /** Everything else that was carried over, by path. */
  public Map<String, CarriedRecord> carried() {
    return Collections.unmodifiableMap(carried);
  }

  /** The newest record of a file without its insertions. */
  public Optional<FileRecord> outline(String path) {
    return Optional.ofNullable(entries.get(path)).map(Entry::outline);
  }

  /**
   * The digest a file had before the run that recorded it, if its digest is now the recorded one.
   */
  public Optional<String> originalDigest(String path, String digestNow) {
    return Optional.ofNullable(entries.get(path))
        .map(Entry::outline)
        .filter(outline -> outline.after().equals(digestNow))
        .map(FileRecord::before);
  }

  /**
   * The record of a file, without its insertions, if it was made under this policy from a file of
   * this digest.
   */
  public Optional<FileRecord> find(String path, String policy, String before) {
    return Optional.ofNullable(entries.get(path))
        .filter(entry -> entry.policy().equals(policy))
        .map(Entry::outline)
        .filter(outline -> outline.before().equals(before));
  }

  /** The newest record of a file. */
  public Optional<FileRecord> record(String path) throws IOException {
    Entry entry = entries.get(path);
    if (entry == null) {
      return Optional.empty();
    }
    return Optional.of(lines.read(line(entry), FileRecord.class));
  }

  /** A file's record as it is written, without the line break. */
  byte[] line(String path) throws IOException {
    Entry entry = entries.get(path);
    if (entry == null) {
      throw new IOException("the manifest has no line of " + path);
    }
    return line(entry);
  }

  private byte[] line(Entry entry) throws IOException {
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
    return line;
  }

  /**
   * @param whole whether every line was written to its end, as those of a journal may not be
   */
  private void index(Path file, boolean whole) throws IOException {
    long position = 0;
    try (InputStream in = Files.newInputStream(file)) {
      LineReader reader = new LineReader(in);
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        indexLine(file, position, line, whole);
        position += line.length + 1;
      }
    }
  }

  private void indexLine(Path file, long position, byte[] line, boolean whole) throws IOException {
    if (line.length == 0) {
      return;
    }
    if (startsWith(line, HEADER_START)) {
      indexHeader(file, line);
      return;
    }
    try {
      if (startsWith(line, CARRIED_START)) {
        CarriedRecord other = lines.read(line, CarriedRecord.class);
        carried.put(other.carried(), other);
        entries.remove(other.carried());
        return;
      }
      FileRecord outline =
          whole ? lines.readOutline(line) : lines.read(line, FileRecord.class).outline();
      String policy = header == null ? "" : header.policy();
      entries.put(outline.path(), new Entry(file, position, line.length, policy, outline));
      carried.remove(outline.path());
    } catch (IOException cutOff) {
      // A line that a killed run did not finish: its file is simply done again.
    }
  }

  private void indexHeader(Path file, byte[] line) throws IOException {
    if (!lines.isWhole(line)) {
      return; // A run was killed before it began: it wrote nothing else.
    }
    int format = lines.formatOf(line);
    if (format != ManifestHeader.FORMAT) {
      throw new UnknownFormatException(file, format);
    }
    ManifestHeader next = lines.read(line, ManifestHeader.class);
    header = next;
    runtime.addAll(next.runtime());
  }

  private static boolean startsWith(byte[] line, byte[] start) {
    return line.length >= start.length
        && Arrays.equals(line, 0, start.length, start, 0, start.length);
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
