package io.telemetryinject.coordinator.output;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.tree.SourceTree;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes files of one tree so that each is seen whole or not at all, and never outside the tree:
 * content goes to {@code .telemetry-inject/parts} first and is moved into place.
 */
final class AtomicFiles {
  private final Path root;
  private final Path parts;
  private final AtomicLong counter = new AtomicLong();
  private final Set<Path> safeDirectories = ConcurrentHashMap.newKeySet();

  /**
   * @param root real path of the tree's root
   */
  AtomicFiles(Path root) throws IOException {
    this.root = root;
    this.parts = root.resolve(SourceTree.RUN_DIRECTORY).resolve("parts");
    ensureInside(parts);
    clear();
  }

  /** Puts bytes at a path, with the mode and owner of another file. */
  void write(Path relative, byte[] bytes, @Nullable Path like) throws IOException {
    Path part = newPart();
    Files.write(part, bytes);
    if (like != null) {
      copyOwnerAndMode(like, part);
    }
    moveIntoPlace(part, relative);
  }

  /**
   * Copies a file with its mode and times.
   *
   * @return digest of what was copied
   */
  String copy(Path source, Path relative) throws IOException {
    Path part = newPart();
    Files.copy(source, part, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
    String digest;
    try (InputStream in = Files.newInputStream(part)) {
      digest = Sha256.of(in);
    }
    moveIntoPlace(part, relative);
    return digest;
  }

  /** Makes a symbolic link, as it is. */
  void link(Path relative, Path target) throws IOException {
    Path part = newPart();
    Files.createSymbolicLink(part, target);
    moveIntoPlace(part, relative);
  }

  /** Makes a directory and those above it, writable as long as the run lasts. */
  void folder(Path relative) throws IOException {
    Path directory = root.resolve(relative);
    ensureInside(directory);
    PosixFileAttributeView view =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    if (view != null && !Files.isWritable(directory)) {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      permissions.add(PosixFilePermission.OWNER_WRITE);
      view.setPermissions(permissions);
    }
  }

  /** Removes what {@link #write} needed on the way. */
  void removeParts() throws IOException {
    clear();
    Files.deleteIfExists(parts);
  }

  private void clear() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parts)) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  private Path newPart() {
    return parts.resolve(Long.toString(counter.incrementAndGet()));
  }

  private void moveIntoPlace(Path part, Path relative) throws IOException {
    Path target = root.resolve(relative);
    Path directory = target.getParent();
    if (directory != null) {
      ensureInside(directory);
    }
    Files.move(part, target, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /** A link planted among the directories must not lead a write out of the tree. */
  private void ensureInside(Path directory) throws IOException {
    if (safeDirectories.contains(directory)) {
      return;
    }
    Path existing = directory;
    while (!Files.exists(existing, NOFOLLOW_LINKS)) {
      existing = requireNonNull(existing.getParent(), "every file system has a root");
    }
    boolean inside = existing.startsWith(root) && existing.toRealPath().equals(existing);
    if (!inside) {
      throw new IOException(
          directory + " is reached through a symbolic link; nothing is written there");
    }
    Files.createDirectories(directory);
    safeDirectories.add(directory);
  }

  private static void copyOwnerAndMode(Path from, Path to) throws IOException {
    PosixFileAttributeView source =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (source == null || target == null) {
      return;
    }
    PosixFileAttributes attributes = source.readAttributes();
    if (!attributes.owner().equals(target.getOwner())) {
      giveTo(attributes, target);
    }
    target.setPermissions(attributes.permissions());
  }

  private static void giveTo(PosixFileAttributes owner, PosixFileAttributeView target) {
    try {
      target.setOwner(owner.owner());
      target.setGroup(owner.group());
    } catch (IOException notAllowed) {
      // Only the superuser may give files away; anybody may instrument a copy of others' files.
    }
  }
}
