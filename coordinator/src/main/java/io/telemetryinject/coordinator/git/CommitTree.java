package io.telemetryinject.coordinator.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.coordinator.InputProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.SystemReader;

/** What a commit's tree holds, by paths that are surely inside of it. */
final class CommitTree {
  private final Map<Path, Entry> files = new LinkedHashMap<>();
  private final Set<Path> folders = new HashSet<>();
  private final List<Path> submodules = new ArrayList<>();

  /** A file or link. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(byte[] rawPath, FileMode mode, ObjectId id) {}

  private CommitTree() {}

  /**
   * Reads a commit's tree; no content.
   *
   * @param place directory that the paths are for
   * @throws InputProblem when it holds a path that must not be written
   */
  static CommitTree read(Repository repository, RevCommit commit, Path place)
      throws InputProblem, IOException {
    CommitTree tree = new CommitTree();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        tree.add(walk, place.getFileSystem());
      }
    }
    for (Path file : tree.files.keySet()) {
      if (tree.folders.contains(file)) {
        throw refused(file.toString());
      }
    }
    return tree;
  }

  private void add(TreeWalk walk, FileSystem system) throws InputProblem {
    byte[] raw = walk.getRawPath();
    try {
      SystemReader.getInstance().checkPath(raw);
    } catch (CorruptObjectException e) {
      throw refused(walk.getPathString());
    }
    Path path = path(raw, system);
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      folders.add(above);
    }
    if (walk.getFileMode().equals(FileMode.GITLINK)) {
      submodules.add(path);
      folders.add(path);
    } else {
      files.put(path, new Entry(raw, walk.getFileMode(), walk.getObjectId(0)));
    }
  }

  /** A path of these bytes, which need not be UTF-8. */
  static Path path(byte[] raw, FileSystem system) throws InputProblem {
    try {
      return system.getPath(UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
    } catch (CharacterCodingException e) {
      StringBuilder encoded = new StringBuilder("file:///");
      for (byte b : raw) {
        encoded.append(b == '/' ? "/" : String.format("%%%02X", b));
      }
      Path absolute = Path.of(URI.create(encoded.toString()));
      return absolute.getRoot().relativize(absolute);
    } catch (InvalidPathException e) {
      throw refused(new String(raw, UTF_8));
    }
  }

  private static InputProblem refused(String path) {
    return new InputProblem(
        "the commit holds a path that must not be written: " + path.replaceAll("\\p{Cntrl}", "?"),
        "Whoever wrote it may mean harm. Name another commit with --ref.");
  }

  /** Files and links, in the commit's order. */
  Map<Path, Entry> files() {
    return files;
  }

  boolean hasFolder(Path path) {
    return folders.contains(path);
  }

  /** Places of other repositories, whose files are not here. */
  List<Path> submodules() {
    return submodules;
  }
}
