package io.telemetryinject.coordinator.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Digests of a tree's files, remembered on this machine with what the file system said of each when
 * it was read, as git's index does: a file whose size, times of change and inode are the same need
 * not be read again. Nobody can set the time of change back.
 *
 * <p>A file that was changed just before it was read is not remembered: a change right after that
 * might bear the same time. On file systems that are not known to keep such times of their own,
 * nothing is remembered. What cannot be read or written here is not worth a word: files are read
 * then.
 */
public final class FileDigests {
  /** Longer than the steps in which file systems count time. */
  private static final Duration TOO_NEW = Duration.ofSeconds(2);

  private static final String STATE = "unix:size,lastModifiedTime,ctime,ino";

  /** Local ones that date a change when it happens, whatever a program says. */
  private static final Set<String> DATED =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay");

  private static final String FORMAT = "1\t";
  private static final int FIELDS = 6;

  private final @Nullable Path memory;
  private final Path root;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Known> now = new TreeMap<>();
  private boolean changed;

  /**
   * @param size in bytes
   * @param modified nanoseconds since the epoch, as the next is
   */
  private record State(long size, long modified, long changed, long inode) {}

  private record Known(State state, String digest) {}

  private FileDigests(@Nullable Path memory, Path root) {
    this.memory = memory;
    this.root = root;
  }

  /** Remembers nothing of a tree. */
  public static FileDigests none(Path root) {
    return new FileDigests(null, root);
  }

  /**
   * @param directory where memories of several trees lie
   * @param root real path of the tree
   */
  public static FileDigests of(Path directory, Path root) throws IOException {
    if (!DATED.contains(Files.getFileStore(root).type())) {
      return none(root);
    }
    Path memory = directory.resolve(Sha256.of(root.toString()).substring(0, 16) + ".tsv");
    FileDigests digests = new FileDigests(memory, root);
    try {
      digests.recall(Files.readString(memory));
    } catch (IOException | IllegalArgumentException forgotten) {
      digests.known.clear();
    }
    return digests;
  }

  private void recall(String text) {
    int lineEnd = text.indexOf('\n');
    if (lineEnd < 0 || !text.substring(0, lineEnd).equals(title())) {
      return;
    }
    int start = lineEnd + 1;
    for (int end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      String[] fields = text.substring(start, end).split("\t", FIELDS);
      if (fields.length == FIELDS) {
        known.put(fields[5], new Known(state(fields), fields[0]));
      }
      start = end + 1;
    }
  }

  private static State state(String[] fields) {
    return new State(
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }

  private String title() {
    return FORMAT + root;
  }

  /** Asks what the file system says of a file, to be done before it is read. */
  public Look look(Path relative) {
    return new Look(relative, memory == null ? null : stateOf(root.resolve(relative)));
  }

  /** A file's digest, by reading the file if need be. */
  public String digest(Path relative) throws IOException {
    Look look = look(relative);
    Optional<String> found = look.known();
    if (found.isPresent()) {
      return found.get();
    }
    try (InputStream in = Files.newInputStream(root.resolve(relative))) {
      String digest = Sha256.of(in);
      look.note(digest);
      return digest;
    }
  }

  /** A file as it was when the file system was asked. */
  public final class Look {
    private final Path relative;
    private final @Nullable State state;
    private final long time = System.currentTimeMillis();

    private Look(Path relative, @Nullable State state) {
      this.relative = relative;
      this.state = state;
    }

    /** Its digest, if it is the file that was read some time. */
    public Optional<String> known() {
      String path = PathText.of(relative);
      Known then = known.get(path);
      if (state == null || then == null || !then.state().equals(state)) {
        return Optional.empty();
      }
      now.put(path, then);
      return Optional.of(then.digest());
    }

    /** Remembers what reading it came to. */
    public void note(String digest) {
      String path = PathText.of(relative);
      boolean writable = path.indexOf('\n') < 0 && path.indexOf('\t') < 0;
      if (state != null
          && writable
          && isOld(state)
          && state.equals(stateOf(root.resolve(relative)))) {
        now.put(path, new Known(state, digest));
        changed = true;
      }
    }

    private boolean isOld(State state) {
      long newest = Math.max(state.modified(), state.changed());
      return newest < TimeUnit.MILLISECONDS.toNanos(time - TOO_NEW.toMillis());
    }
  }

  /** Nothing where the file system keeps no such times. */
  private static @Nullable State stateOf(Path file) {
    try {
      Map<String, Object> is = Files.readAttributes(file, STATE, NOFOLLOW_LINKS);
      return is.get("size") instanceof Long size
              && is.get("ino") instanceof Long inode
              && is.get("lastModifiedTime") instanceof FileTime modified
              && is.get("ctime") instanceof FileTime changed
          ? new State(
              size, modified.to(TimeUnit.NANOSECONDS), changed.to(TimeUnit.NANOSECONDS), inode)
          : null;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Writes down what was seen since it was opened, and forgets the rest. */
  public void save() {
    if (memory == null || (!changed && now.size() == known.size())) {
      return;
    }
    StringBuilder text = new StringBuilder(title()).append('\n');
    now.forEach(
        (path, is) -> {
          State state = is.state();
          text.append(is.digest()).append('\t').append(state.size());
          text.append('\t').append(state.modified()).append('\t').append(state.changed());
          text.append('\t').append(state.inode()).append('\t').append(path).append('\n');
        });
    try {
      Path directory = Files.createDirectories(memory.toAbsolutePath().getParent());
      Path part = Files.createTempFile(directory, ".digests", ".part");
      try {
        Files.writeString(part, text, UTF_8);
        Files.move(part, memory, ATOMIC_MOVE, REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException forgotten) {
      // Files are read again the next time.
    }
  }
}
