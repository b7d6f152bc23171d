package io.telemetryinject.coordinator.output;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.telemetryinject.coordinator.manifest.CarriedRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.tree.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the file system's clock, without opening anything, whether files of an output are as the
 * last completed run left them. What a run writes is older than its manifest; what somebody writes,
 * renames or replaces afterwards is not, and nobody can set the time of that back.
 */
final class Standing {
  private static final String CHANGED = "ctime";
  private static final String MODIFIED = "lastModifiedTime";
  private static final String REGULAR = "isRegularFile";
  private static final String ALL = "unix:" + CHANGED + "," + MODIFIED + "," + REGULAR;

  private final @Nullable Map<String, Object> manifest;
  private final Set<Path> folders = new HashSet<>();

  private Standing(@Nullable Map<String, Object> manifest) {
    this.manifest = manifest;
  }

  /** Nothing can be told: everything must be read. */
  static Standing unknown() {
    return new Standing(null);
  }

  /**
   * Looks at the folders of an output before anything in them is changed: into one that was touched
   * since the run, old files may have been moved.
   *
   * @param root of an output whose last run was completed
   */
  static Standing sinceRun(Path root, Manifest earlier) {
    Standing standing = new Standing(times(Manifest.fileIn(root)));
    if (standing.isUntouchedItself(root)) {
      standing.folders.add(root);
    }
    Set<String> parentsFirst = new TreeSet<>();
    for (CarriedRecord carried : earlier.carried().values()) {
      if (carried.kind() == CarriedRecord.Kind.FOLDER) {
        parentsFirst.add(carried.carried());
      }
    }
    for (String path : parentsFirst) {
      Path folder = root.resolve(PathText.toPath(path));
      boolean below = standing.folders.contains(folder.getParent());
      if (below
          && standing.isUntouchedItself(folder)
          && Files.isDirectory(folder, NOFOLLOW_LINKS)) {
        standing.folders.add(folder);
      }
    }
    return standing;
  }

  /** Whether it is a file, and surely as the run left it; when not, its content tells. */
  boolean isUntouched(Path file) {
    Map<String, Object> now = folders.contains(file.getParent()) ? times(file) : null;
    return now != null && isOlder(now) && Boolean.TRUE.equals(now.get(REGULAR));
  }

  /** The same for what lies beside its folder's files, as the run's own files do. */
  boolean isUntouchedItself(Path file) {
    Map<String, Object> now = times(file);
    return now != null && isOlder(now);
  }

  private boolean isOlder(Map<String, Object> times) {
    return isBefore(times, CHANGED) && isBefore(times, MODIFIED);
  }

  /** Before both: somebody may have changed the manifest's mode, or dated it, since. */
  private boolean isBefore(Map<String, Object> times, String which) {
    return manifest != null
        && times.get(which) instanceof FileTime time
        && manifest.get(CHANGED) instanceof FileTime changed
        && manifest.get(MODIFIED) instanceof FileTime modified
        && time.compareTo(changed) < 0
        && time.compareTo(modified) < 0;
  }

  /** None where the file system keeps no such times. */
  private static @Nullable Map<String, Object> times(Path file) {
    try {
      return Files.readAttributes(file, ALL, NOFOLLOW_LINKS);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
