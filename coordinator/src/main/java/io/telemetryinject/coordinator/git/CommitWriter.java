package io.telemetryinject.coordinator.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.tree.FileClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tree of a commit into a directory, byte for byte as the commit has it: no filter, no
 * line ends changed, no hook, no link followed. What is there already and right is left as it is,
 * whatever else is there is removed. An index beside the directory tells which is which.
 */
final class CommitWriter {
  private final Repository repository;
  private final Path tree;
  private final Path indexFile;
  private final Set<Path> right = new HashSet<>();
  private int written;
  private int pointers;

  /**
   * @param tree real path of a directory that is ours alone
   */
  CommitWriter(Repository repository, Path tree, Path indexFile) {
    this.repository = repository;
    this.tree = tree;
    this.indexFile = indexFile;
  }

  /** Writes what differs. */
  void write(CommitTree commit) throws InputProblem, IOException {
    IndexedFiles known = knownFiles();
    Files.walkFileTree(tree, new Cleaner(commit, known));
    DirCache next = DirCache.newInCore();
    DirCacheBuilder builder = next.builder();
    for (Map.Entry<Path, CommitTree.Entry> entry : commit.files().entrySet()) {
      if (right.contains(entry.getKey())) {
        builder.add(known.entry(entry.getKey()));
      } else {
        builder.add(write(entry.getKey(), entry.getValue()));
      }
    }
    for (Path submodule : commit.submodules()) {
      Files.createDirectories(tree.resolve(submodule));
    }
    if (written > 0 || commit.files().size() != known.index().getEntryCount()) {
      builder.finish();
      save(next);
    }
  }

  /** How many files that were written only point to the real ones, which lie elsewhere. */
  int pointers() {
    return pointers;
  }

  private IndexedFiles knownFiles() throws IOException {
    try {
      return IndexedFiles.read(indexFile, tree, Path.of(""));
    } catch (IOException noneOrDamaged) {
      Files.deleteIfExists(indexFile);
      return IndexedFiles.none(tree);
    }
  }

  private void save(DirCache next) throws IOException {
    Path lock = indexFile.resolveSibling(indexFile.getFileName() + ".lock");
    Files.deleteIfExists(lock); // A killed run's: this one has the directory to itself.
    FileClock.awaitTick(requireNonNull(indexFile.getParent(), "it has a directory"));
    DirCache saved = DirCache.lock(indexFile.toFile(), FS.DETECTED);
    try {
      DirCacheBuilder builder = saved.builder();
      for (int i = 0; i < next.getEntryCount(); i++) {
        builder.add(next.getEntry(i));
      }
      builder.finish();
      saved.write();
      if (!saved.commit()) {
        throw new IOException("cannot replace " + indexFile);
      }
    } finally {
      saved.unlock();
    }
  }

  private DirCacheEntry write(Path relative, CommitTree.Entry entry)
      throws InputProblem, IOException {
    Path file = tree.resolve(relative);
    Files.createDirectories(file.getParent());
    ObjectLoader blob = repository.open(entry.id());
    if (entry.mode().equals(FileMode.SYMLINK)) {
      Files.createSymbolicLink(file, CommitTree.path(blob.getBytes(), file.getFileSystem()));
    } else {
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        blob.copyTo(out);
      }
      boolean program = entry.mode().equals(FileMode.EXECUTABLE_FILE);
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
      pointers += LargeFiles.isPointer(blob) ? 1 : 0;
    }
    written++;
    return indexEntry(file, entry);
  }

  private static DirCacheEntry indexEntry(Path file, CommitTree.Entry entry) throws IOException {
    PosixFileAttributes state =
        Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
    FileTime changed =
        (FileTime) requireNonNull(Files.getAttribute(file, "unix:ctime", NOFOLLOW_LINKS));
    DirCacheEntry indexed = new DirCacheEntry(entry.rawPath());
    indexed.setFileMode(entry.mode());
    indexed.setObjectId(entry.id());
    indexed.setLength(state.size());
    indexed.setLastModified(state.lastModifiedTime().toInstant());
    indexed.setCreationTime(changed.toMillis());
    return indexed;
  }

  /** Leaves what is right and removes everything else. */
  private final class Cleaner extends SimpleFileVisitor<Path> {
    private final CommitTree commit;
    private final IndexedFiles known;

    Cleaner(CommitTree commit, IndexedFiles known) {
      this.commit = commit;
      this.known = known;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = tree.relativize(file);
      CommitTree.Entry wanted = commit.files().get(relative);
      if (wanted != null && isRight(relative, wanted, attributes)) {
        right.add(relative);
      } else {
        Files.delete(file);
        written++;
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isRight(Path relative, CommitTree.Entry wanted, BasicFileAttributes now)
        throws CorruptObjectException {
      DirCacheEntry then = known.entry(relative);
      return then != null
          && then.getObjectId().equals(wanted.id())
          && then.getFileMode().equals(wanted.mode())
          && (now.isSymbolicLink() ? known.isSameLink(relative) : known.isClean(relative));
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
        throws IOException {
      if (problem != null) {
        throw problem;
      }
      if (!directory.equals(tree) && !commit.hasFolder(tree.relativize(directory))) {
        Files.delete(directory);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
