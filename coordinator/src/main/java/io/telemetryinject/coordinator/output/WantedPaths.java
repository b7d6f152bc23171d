package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** What an output is to hold of its input, by paths as {@link PathText} writes them. */
public final class WantedPaths {
  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  /**
   * @param sources paths of the source files
   * @param others everything that is carried over as it is
   */
  public WantedPaths(Collection<String> sources, Collection<TreeEntry> others) {
    files.addAll(sources);
    for (TreeEntry entry : others) {
      (entry instanceof TreeEntry.Folder ? folders : files).add(PathText.of(entry.path()));
    }
  }

  /** Whether a file or a link belongs there. */
  boolean hasFile(String path) {
    return files.contains(path);
  }

  boolean hasFolder(String path) {
    return folders.contains(path);
  }

  int size() {
    return files.size() + folders.size();
  }
}
