package io.telemetryinject.coordinator.output;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.manifest.CarriedRecord;
import io.telemetryinject.coordinator.manifest.CarriedRecord.Kind;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What earlier runs put into an output and the input no longer has. What somebody else put there,
 * or edited since, is not ours to remove.
 */
final class Leftovers {
  private final Path root;
  private final Manifest earlier;
  private final Standing standing;
  private final Change change;
  private int removed;

  /** Notes that the output is about to change, and makes a folder writable for it. */
  interface Change {
    void in(Path folder) throws IOException;
  }

  Leftovers(Path root, Manifest earlier, Standing standing, Change change) {
    this.root = root;
    this.earlier = earlier;
    this.standing = standing;
    this.change = change;
  }

  /**
   * Removes them, and then folders that are empty.
   *
   * @param wanted what the output is to hold
   * @return how many there were
   */
  int remove(WantedPaths wanted) throws IOException {
    for (String path : earlier.paths()) {
      Optional<FileRecord> then = earlier.outline(path);
      if (!wanted.hasFile(path) && then.isPresent()) {
        removeFile(PathText.toPath(path), then.get().after());
      }
    }
    List<Path> folders = new ArrayList<>();
    for (CarriedRecord then : earlier.carried().values()) {
      Path path = PathText.toPath(then.carried());
      if (then.kind() == Kind.FOLDER && !wanted.hasFolder(then.carried())) {
        folders.add(path);
      } else if (then.kind() == Kind.FILE && !wanted.hasFile(then.carried())) {
        removeFile(path, then.content());
      } else if (then.kind() == Kind.LINK && !wanted.hasFile(then.carried())) {
        removeLink(path, then.content());
      }
    }
    folders.sort(Comparator.comparingInt(Path::getNameCount).reversed());
    for (Path folder : folders) {
      removeFolder(folder);
    }
    return removed;
  }

  private void removeFile(Path relative, String digest) throws IOException {
    Path file = root.resolve(relative);
    if (isInside(file)
        && Files.isRegularFile(file, NOFOLLOW_LINKS)
        && (standing.isUntouched(file) || Sha256.of(Files.readAllBytes(file)).equals(digest))) {
      delete(file);
    }
  }

  private void removeLink(Path relative, String target) throws IOException {
    Path link = root.resolve(relative);
    if (isInside(link)
        && Files.isSymbolicLink(link)
        && Files.readSymbolicLink(link).toString().equals(target)) {
      delete(link);
    }
  }

  private void removeFolder(Path relative) throws IOException {
    Path folder = root.resolve(relative);
    if (isInside(folder) && Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      try {
        delete(folder);
      } catch (DirectoryNotEmptyException somebodyElseUsesIt) {
        // It stays.
      }
    }
  }

  /** A link planted among the folders must not lead out of the tree. */
  private boolean isInside(Path path) throws IOException {
    Path parent = requireNonNull(path.getParent(), "it is below the root");
    return Files.isDirectory(parent) && parent.toRealPath().equals(parent);
  }

  private void delete(Path path) throws IOException {
    Path parent = requireNonNull(path.getParent(), "it is below the root");
    change.in(root.relativize(parent));
    Files.delete(path);
    removed++;
  }
}
