package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.git.CommittedFiles;
import io.telemetryinject.coordinator.git.GitRoot;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.manifest.RunBasis;
import io.telemetryinject.coordinator.manifest.UnknownFormatException;
import io.telemetryinject.coordinator.output.TreeBasis;
import io.telemetryinject.coordinator.tree.FileDigests;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an input and its output before anything is read: by the manifest of the runs
 * before, and by git. Everything that it does not know is found out by reading.
 */
final class Foreknowledge implements Closeable {
  private final List<String> remarks = new ArrayList<>();
  private final Manifest earlier;
  private final boolean incremental;
  private final @Nullable CommittedFiles git;
  private final CommittedFiles.Unchanged unchanged;
  private final Set<String> programs;
  private final FileDigests digests;

  private Foreknowledge(RunRequest request, Path root, Path output) throws IOException {
    this.git = git(request, root);
    Manifest found =
        request.shortcuts().incremental() ? readIfKnown(output) : Manifest.read(output);
    this.earlier = found;
    this.incremental = request.shortcuts().incremental() && found.isOfCompletedRun();
    if (request.shortcuts().incremental() && found.exists() && !incremental) {
      remarks.add("the last run to " + output + " was not completed: its files are compared");
    }
    RunBasis then = found.header().map(ManifestHeader::basis).orElse(RunBasis.unknown());
    this.programs = Set.copyOf(then.programs());
    this.unchanged = incremental ? unchangedSince(then) : path -> false;
    Path memory = request.shortcuts().digests();
    this.digests =
        memory == null || !request.shortcuts().incremental()
            ? FileDigests.none(root)
            : FileDigests.of(memory, root);
  }

  private Foreknowledge(Path root) {
    this.git = null;
    this.earlier = Manifest.none();
    this.incremental = false;
    this.unchanged = path -> false;
    this.programs = Set.of();
    this.digests = FileDigests.none(root);
  }

  /**
   * @param root real path of the input
   */
  static Foreknowledge of(RunRequest request, Path root) throws IOException {
    return request.destination() instanceof Destination.Tree tree
        ? new Foreknowledge(request, root, tree.root())
        : new Foreknowledge(root);
  }

  private static @Nullable CommittedFiles git(RunRequest request, Path root) throws IOException {
    GitRoot given = request.shortcuts().git();
    return given == null
        ? CommittedFiles.around(root).orElse(null)
        : CommittedFiles.of(root, given);
  }

  private Manifest readIfKnown(Path output) throws IOException {
    try {
      Manifest manifest = Manifest.read(output);
      if (!manifest.exists() && Manifest.hasTraces(output)) {
        remarks.add("the manifest of " + output + " is gone: everything is done");
      }
      return manifest;
    } catch (UnknownFormatException e) {
      remarks.add(e.getMessage() + ": everything is done");
      return Manifest.none();
    }
  }

  private CommittedFiles.Unchanged unchangedSince(RunBasis then) throws IOException {
    if (git == null || then.commit().isEmpty()) {
      return path -> false;
    }
    if (git.isConverted()) {
      remarks.add("git converts files of this work tree: their contents are compared");
      return path -> false;
    }
    Optional<CommittedFiles.Unchanged> since = git.since(then.commit());
    if (since.isEmpty()) {
      remarks.add(
          "the commit "
              + then.commit().substring(0, 12)
              + " of the last run is not in the repository: contents are compared");
      return path -> false;
    }
    Set<String> uncommitted = new HashSet<>(then.uncommitted());
    return path -> since.get().test(path) && !uncommitted.contains(PathText.of(path));
  }

  /** Says so if the last run was under another policy. */
  void compare(String policy, String lessons) {
    Optional<ManifestHeader> then = earlier.header().filter(h -> !h.policy().equals(policy));
    if (incremental && then.isPresent()) {
      boolean taught = !then.get().basis().lessons().equals(lessons);
      remarks.add(
          (taught ? "the lessons have" : "the policy, its options or the telemetry runtime have")
              + " changed since the last run: everything is done");
    }
  }

  /** Whether a file is surely as it was in the last completed run, so that nobody need read it. */
  boolean isUnread(Path relative) {
    return unchanged.test(relative);
  }

  /** What became of a source file in the last completed run, if the file is as it was. */
  Optional<FileRecord> then(Path relative) {
    return incremental
        ? earlier
            .outline(PathText.of(relative))
            .filter(FileRecord::endsTheSameAgain)
            .filter(then -> isUnread(relative))
        : Optional.empty();
  }

  /** Whether a source file had this content in the last completed run. */
  boolean isOfContent(String path, String digest) {
    return incremental && earlier.outline(path).filter(r -> r.before().equals(digest)).isPresent();
  }

  /** Whether a file whose content is as it was can be started by its own path. */
  boolean wasProgram(Path relative) {
    return programs.contains(PathText.of(relative));
  }

  /** Whether an earlier run carried over a file that is as it was. */
  boolean wasCarriedOver(Path relative) {
    return incremental
        && earlier.carried().containsKey(PathText.of(relative))
        && isUnread(relative);
  }

  /** What is known of files that were read on this machine before. */
  FileDigests digests() {
    return digests;
  }

  TreeBasis treeBasis() {
    return new TreeBasis(earlier, incremental, this::isUnread, digests);
  }

  /** What this run leaves to the next; to be asked when the input has been read. */
  RunBasis basis(List<TreeEntry> entries, List<Path> programsNow, String lessons)
      throws IOException {
    List<String> texts = programsNow.stream().map(PathText::of).toList();
    if (git == null || git.isConverted()) {
      return new RunBasis(lessons, "", List.of(), texts);
    }
    List<String> uncommitted = new ArrayList<>();
    for (TreeEntry entry : entries) {
      boolean file = entry instanceof TreeEntry.SourceFile || entry instanceof TreeEntry.PlainFile;
      if (file && git.isTracked(entry.path()) && !git.isCommitted(entry.path())) {
        uncommitted.add(PathText.of(entry.path()));
      }
    }
    return new RunBasis(lessons, git.commit(), uncommitted, texts);
  }

  /** What a person should know of what could not be relied on. */
  List<String> remarks() {
    return remarks;
  }

  /** Ends the work with git; the manifest stays open for the output. */
  @Override
  public void close() {
    if (git != null) {
      git.close();
    }
  }
}
