package io.telemetryinject.coordinator.tree;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.model.RejectReason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists an input tree, in path order, without following links and without {@code .git}. */
public final class SourceTree {
  /** Where a run keeps its manifest and journal, in the root of an output. */
  public static final String RUN_DIRECTORY = ".telemetry-inject";

  private static final Path GIT = Path.of(".git");
  private static final Path RUN = Path.of(RUN_DIRECTORY);

  private final Path root;
  private final LanguagePacks packs;
  private final PathFilter filter;
  private final Set<Path> leftOut;

  /**
   * @param root real path of an existing directory
   * @param leftOut real paths of directories to pass over: the cache, an output inside the input
   */
  public SourceTree(Path root, LanguagePacks packs, PathFilter filter, Set<Path> leftOut) {
    this.root = root;
    this.packs = packs;
    this.filter = filter;
    this.leftOut = Set.copyOf(leftOut);
  }

  /** Everything in the tree, parents before children. */
  public List<TreeEntry> list() throws IOException {
    List<TreeEntry> entries = new ArrayList<>();
    Files.walkFileTree(root, new Lister(entries));
    return entries.stream()
        .map(entry -> Map.entry(PathText.of(entry.path()), entry))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  private final class Lister extends SimpleFileVisitor<Path> {
    private final List<TreeEntry> entries;

    Lister(List<TreeEntry> entries) {
      this.entries = entries;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (directory.equals(root)) {
        return CONTINUE;
      }
      if (isNotCarriedOver(directory) || leftOut.contains(directory)) {
        return SKIP_SUBTREE;
      }
      entries.add(new TreeEntry.Folder(root.relativize(directory)));
      return CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = root.relativize(file);
      if (isNotCarriedOver(file)) {
        return CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        visitLink(file, relative);
      } else if (attributes.isRegularFile()) {
        entries.add(classify(relative));
      } else {
        entries.add(
            new TreeEntry.Refused(
                relative, RejectReason.UNREADABLE, "neither file, directory nor link"));
      }
      return CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      entries.add(
          new TreeEntry.Refused(
              root.relativize(file), RejectReason.UNREADABLE, problem.getClass().getSimpleName()));
      return CONTINUE;
    }

    private void visitLink(Path file, Path relative) throws IOException {
      Path target = Files.readSymbolicLink(file);
      entries.add(new TreeEntry.Link(relative, target));
      boolean leaves = !file.resolveSibling(target).normalize().startsWith(root);
      if (leaves && packs.forFile(file.getFileName().toString()).isPresent()) {
        entries.add(
            new TreeEntry.Refused(
                relative, RejectReason.PATH, "a symbolic link that leaves the root"));
      }
    }

    private TreeEntry classify(Path relative) {
      Optional<LanguagePack> pack = packs.forFile(relative.getFileName().toString());
      return pack.isPresent() && filter.accepts(relative)
          ? new TreeEntry.SourceFile(relative, pack.get().language())
          : new TreeEntry.PlainFile(relative);
    }

    /** Of a worktree or submodule, {@code .git} is a file. */
    private boolean isNotCarriedOver(Path path) {
      Path name = path.getFileName();
      return GIT.equals(name) || (RUN.equals(name) && root.equals(path.getParent()));
    }
  }
}
