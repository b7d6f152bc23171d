package io.telemetryinject.coordinator.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** A git index, and the files that it speaks of. */
final class IndexedFiles {
  private static final String STATE = "unix:lastModifiedTime,ctime,size,isRegularFile";

  private final DirCache index;
  private final Instant written;
  private final Path root;
  private final String prefix;

  private IndexedFiles(DirCache index, Instant written, Path root, String prefix) {
    this.index = index;
    this.written = written;
    this.root = root;
    this.prefix = prefix;
  }

  /**
   * @param root directory that paths are relative to
   * @param place of that directory in the index's tree
   */
  static IndexedFiles read(Path file, Path root, Path place) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    DirCache index = DirCache.read(file.toFile(), FS.DETECTED);
    String prefix = place.toString().isEmpty() ? "" : place + "/";
    return new IndexedFiles(index, written, root, prefix);
  }

  /** No index yet. */
  static IndexedFiles none(Path root) {
    return new IndexedFiles(DirCache.newInCore(), Instant.EPOCH, root, "");
  }

  @Nullable DirCacheEntry entry(Path relative) {
    return index.getEntry(nameOf(relative));
  }

  /** Whether a symbolic link is the one that the index speaks of. */
  boolean isSameLink(Path relative) {
    DirCacheEntry entry = entry(relative);
    Map<String, Object> state = stateOf(root.resolve(relative));
    return entry != null
        && state != null
        && entry.getLastModifiedInstant().isBefore(written)
        && matches(entry, state);
  }

  DirCache index() {
    return index;
  }

  /** A path as the index spells it. */
  String nameOf(Path relative) {
    return prefix + relative;
  }

  boolean knows(Path relative) {
    return entry(relative) != null;
  }

  /**
   * Whether the file system says of a file what it said when git last saw the file. As git does, we
   * doubt files that were written no earlier than the index: they may have changed since, too.
   */
  boolean isClean(Path relative) {
    DirCacheEntry entry = entry(relative);
    return entry != null
        && entry.getStage() == DirCacheEntry.STAGE_0
        && !entry.isAssumeValid()
        && !entry.isSkipWorkTree()
        && !entry.isIntentToAdd()
        && entry.getFileMode().getObjectType() == FileMode.REGULAR_FILE.getObjectType()
        && entry.getLastModifiedInstant().isBefore(written)
        && fits(entry, stateOf(root.resolve(relative)));
  }

  private static boolean fits(DirCacheEntry entry, @Nullable Map<String, Object> state) {
    return state != null
        && Boolean.TRUE.equals(state.get("isRegularFile"))
        && matches(entry, state);
  }

  private static boolean matches(DirCacheEntry entry, Map<String, Object> state) {
    return state.get("size") instanceof Long size
        && size.intValue() == entry.getLength()
        && state.get("lastModifiedTime") instanceof FileTime modified
        && modified.toInstant().equals(entry.getLastModifiedInstant())
        && state.get("ctime") instanceof FileTime changed
        && (entry.getCreationTime() == 0 || entry.getCreationTime() == changed.toMillis());
  }

  private static @Nullable Map<String, Object> stateOf(Path file) {
    try {
      return Files.readAttributes(file, STATE, NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
