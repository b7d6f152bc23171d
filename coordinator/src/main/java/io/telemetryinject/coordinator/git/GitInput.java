package io.telemetryinject.coordinator.git;

import io.telemetryinject.coordinator.InputProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * A commit of a repository as an input: a clone that is kept, and beside it the commit's tree, in
 * which the next commit only replaces what differs. It is this run's alone until it is closed.
 */
public final class GitInput implements AutoCloseable {
  private static final String SSH = "ssh";

  private final Path directory;
  private final GitRoot root;
  private final FileChannel lock;
  private final List<String> remarks;

  private GitInput(Path directory, GitRoot root, FileChannel lock, List<String> remarks) {
    this.directory = directory;
    this.root = root;
    this.lock = lock;
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Fetches, if the repository is elsewhere, and lays the commit's tree out.
   *
   * @param ref a branch, tag or commit; null for the repository's default branch
   * @param cache directory that keeps clones and trees from run to run; made if need be
   * @throws InputProblem when the repository cannot be reached, has no such commit, or is in use
   */
  public static GitInput open(GitAddress address, @Nullable String ref, Path cache)
      throws InputProblem, IOException {
    return open(address, ref, cache, SSH);
  }

  static GitInput open(GitAddress address, @Nullable String ref, Path cache, String sshProgram)
      throws InputProblem, IOException {
    Path place = Files.createDirectories(cache.resolve(address.key())).toRealPath();
    FileChannel lock = lock(address, place.resolve("lock"));
    try (Repository repository = repository(address, place, sshProgram)) {
      Path tree = Files.createDirectories(place.resolve("tree"));
      Path index = place.resolve("index");
      RevCommit commit = commit(address, repository, ref == null ? Constants.HEAD : ref);
      CommitTree wanted = CommitTree.read(repository, commit, tree);
      CommitWriter writer = new CommitWriter(repository, tree, index);
      writer.write(wanted);
      GitRoot root = new GitRoot(repository.getDirectory().toPath(), index, commit.name());
      return new GitInput(tree, root, lock, remarks(address, ref, commit, wanted, writer));
    } catch (InputProblem | IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(GitAddress address, Path file) throws InputProblem, IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      // The same as if another process had it.
    }
    if (lock == null) {
      channel.close();
      throw new InputProblem(
          "another run works on " + address + " with the same cache directory",
          "Wait until it has ended, or name another directory with --cache-dir.");
    }
    return channel;
  }

  private static Repository repository(GitAddress address, Path place, String sshProgram)
      throws InputProblem, IOException {
    return address.remote().isPresent()
        ? new KeptClone(place.resolve("repository.git"), sshProgram)
            .fetch(address, address.remote().get())
        : LocalRepository.open(address.local().orElseThrow());
  }

  private static RevCommit commit(GitAddress address, Repository repository, String ref)
      throws InputProblem, IOException {
    ObjectId id = null;
    try (RevWalk commits = new RevWalk(repository)) {
      id = repository.resolve(ref + "^{commit}");
      if (id != null) {
        return commits.parseCommit(id);
      }
    } catch (IllegalArgumentException notAName) {
      // Told below.
    } catch (IOException e) {
      if (id == null && !(e instanceof MissingObjectException)) {
        throw e;
      }
    }
    throw new InputProblem(
        address + " has no commit " + ref.replaceAll("\\p{Cntrl}", "?"),
        "Name a branch, a tag or a commit's whole id with --ref.");
  }

  private static List<String> remarks(
      GitAddress address,
      @Nullable String ref,
      RevCommit commit,
      CommitTree wanted,
      CommitWriter writer) {
    List<String> remarks = new ArrayList<>();
    String name = ref == null || ref.equals(commit.name()) ? "" : " (" + ref + ")";
    remarks.add(address + " at commit " + commit.name().substring(0, 12) + name);
    if (!wanted.submodules().isEmpty()) {
      remarks.add(
          wanted.submodules().size()
              + " submodules are left empty, for example "
              + wanted.submodules().get(0)
              + "; they are repositories of their own");
    }
    if (writer.pointers() > 0) {
      remarks.add(
          writer.pointers()
              + " files are Git LFS pointers; they are carried over as pointers, as the commit has"
              + " them");
    }
    return remarks;
  }

  /** The commit's tree, as files. */
  public Path directory() {
    return directory;
  }

  /** What git knows of these files. */
  public GitRoot root() {
    return root;
  }

  /** What a person should know of it. */
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
