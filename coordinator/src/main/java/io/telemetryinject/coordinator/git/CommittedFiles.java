package io.telemetryinject.coordinator.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a tree are as a git commit has them, told without opening any: by the differences
 * between commits, and by what git's index says that the file system said of a file.
 */
public final class CommittedFiles implements AutoCloseable {
  private final Repository repository;
  private final ObjectId commit;
  private final IndexedFiles index;
  private final boolean converted;
  private @Nullable Set<String> staged;

  private CommittedFiles(
      Repository repository, ObjectId commit, IndexedFiles index, boolean converted) {
    this.repository = repository;
    this.commit = commit;
    this.index = index;
    this.converted = converted;
  }

  /** Of the work tree that a directory is, or lies in; empty when there is none with commits. */
  public static Optional<CommittedFiles> around(Path directory) {
    if (!LocalRepository.isAround(directory)) {
      return Optional.empty();
    }
    QuietGit.prepare();
    FileRepositoryBuilder builder =
        new FileRepositoryBuilder().findGitDir(directory.toFile()).setMustExist(true);
    if (builder.getGitDir() == null) {
      return Optional.empty();
    }
    try {
      Repository repository = builder.build();
      ObjectId head = repository.resolve(Constants.HEAD + "^{commit}");
      if (head == null || repository.isBare()) {
        repository.close();
        return Optional.empty();
      }
      Path top = repository.getWorkTree().toPath().toRealPath();
      File index = repository.getIndexFile();
      IndexedFiles files = IndexedFiles.read(index.toPath(), directory, top.relativize(directory));
      boolean converted = Conversions.apply(repository, files.index());
      return Optional.of(new CommittedFiles(repository, head, files, converted));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty(); // Without git's word, contents tell.
    }
  }

  /** Of a tree that was written from a commit, byte for byte. */
  public static CommittedFiles of(Path directory, GitRoot root) throws IOException {
    QuietGit.prepare();
    Repository repository =
        new FileRepositoryBuilder()
            .setGitDir(root.repository().toFile())
            .setMustExist(true)
            .build();
    return new CommittedFiles(
        repository,
        ObjectId.fromString(root.commit()),
        IndexedFiles.read(root.index(), directory, Path.of("")),
        false);
  }

  /** Id of the commit. */
  public String commit() {
    return commit.name();
  }

  /** Whether git changes contents on their way into this tree, so that it cannot vouch for them. */
  public boolean isConverted() {
    return converted;
  }

  /** Whether the commit knows of a file, in whatever state the file is. */
  public boolean isTracked(Path relative) {
    return index.knows(relative);
  }

  /** Whether a file is surely as the commit has it. */
  public boolean isCommitted(Path relative) throws IOException {
    Set<String> notInIndex = staged;
    if (notInIndex == null) {
      notInIndex =
          differences(commit)
              .orElseThrow(() -> new IOException("git has no commit " + commit.name()));
      staged = notInIndex;
    }
    return !converted && index.isClean(relative) && !notInIndex.contains(index.nameOf(relative));
  }

  /** Which files are surely as an earlier commit had them; empty when that commit is not there. */
  public Optional<Unchanged> since(String earlier) throws IOException {
    if (converted || !ObjectId.isId(earlier)) {
      return Optional.empty();
    }
    return differences(ObjectId.fromString(earlier))
        .map(
            changed ->
                relative -> index.isClean(relative) && !changed.contains(index.nameOf(relative)));
  }

  /** Tells of files whether they are as they were. */
  public interface Unchanged {
    boolean test(Path relative);
  }

  /** Paths in which the index differs from a commit. */
  private Optional<Set<String>> differences(ObjectId from) throws IOException {
    try (RevWalk commits = new RevWalk(repository);
        TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(commits.parseCommit(from).getTree());
      walk.addTree(new DirCacheIterator(index.index()));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      Set<String> paths = new HashSet<>();
      while (walk.next()) {
        paths.add(walk.getPathString());
      }
      return Optional.of(paths);
    } catch (MissingObjectException | IncorrectObjectTypeException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
