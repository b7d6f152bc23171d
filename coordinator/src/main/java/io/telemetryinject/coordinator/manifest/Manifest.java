package io.telemetryinject.coordinator.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.telemetryinject.coordinator.tree.SourceTree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
  private final Map<String, Line> places = new HashMap<>();
  private final List<FileChannel> files = new ArrayList<>();
  private final Set<String> runtime = new TreeSet<>();
  private @Nullable ManifestHeader header;
  private boolean completed;

  /** A file's record, all of it but its insertions. */
  private record Entry(String policy, FileRecord outline) {}

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
    FileRecord whole = lines.read(line(path).read(), FileRecord.class);
    if (!whole.outline().equals(entry.outline())) {
      throw new IOException("the manifest's line of " + path + " contradicts itself");
    }
    return Optional.of(whole);
  }

  /** Where the newest line of a path lies, for as long as this is open. */
  Line line(String path) throws IOException {
    Line line = places.get(path);
    if (line == null) {
      throw new IOException("the manifest has no line of " + path);
    }
    return line;
  }

  /**
   * @param whole whether every line was written to its end, as those of a journal may not be
   */
  private void index(Path file, boolean whole) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    files.add(channel);
    LineReader reader = new LineReader(channel, whole);
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      indexLine(file, reader, line, whole);
    }
  }

  private void indexLine(Path file, LineReader reader, byte[] line, boolean whole)
      throws IOException {
    if (line.length == 0 || !reader.isWhole()) {
      return;
    }
    if (startsWith(line, HEADER_START)) {
      indexHeader(file, line);
      return;
    }
    try {
      String path;
      if (startsWith(line, CARRIED_START)) {
        CarriedRecord other = lines.read(line, CarriedRecord.class);
        path = other.carried();
        carried.put(path, other);
        entries.remove(path);
      } else {
        FileRecord outline =
            whole ? lines.readOutline(line) : lines.read(line, FileRecord.class).outline();
        path = outline.path();
        entries.put(path, new Entry(header == null ? "" : header.policy(), outline));
        carried.remove(path);
      }
      places.put(path, reader.place());
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

  @Override
  public void close() throws IOException {
    for (FileChannel file : files) {
      file.close();
    }
    files.clear();
  }
}
