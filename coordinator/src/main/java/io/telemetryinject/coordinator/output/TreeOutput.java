package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Journal;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.SourceTree;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tree of its own beside the input; an earlier run's results in it are kept where they still
 * hold.
 */
public final class TreeOutput implements RunOutput {
  private final Path input;
  private final Path root;
  private final String policy;
  private final RunId run;
  private final RuntimeFiles runtime;
  private final Manifest earlier;
  private final Manifest inherited;
  private final Journal journal;
  private final AtomicFiles files;
  private final Set<String> present = ConcurrentHashMap.newKeySet();
  private final List<TreeEntry.Folder> folders = new ArrayList<>();

  /**
   * @param input real path of the tree that is read
   * @param root real path of an existing directory, empty or an earlier run's output
   */
  public TreeOutput(Path input, Path root, RunId run, String policy, RuntimeFiles runtime)
      throws IOException {
    this.input = input;
    this.root = root;
    this.policy = policy;
    this.run = run;
    this.runtime = runtime;
    this.earlier = Manifest.read(root);
    this.inherited = Manifest.read(input);
    ManifestHeader header = new ManifestHeader(ManifestHeader.FORMAT, run, policy, runtime.paths());
    this.journal = Journal.open(root, header);
    this.files = new AtomicFiles(root);
  }

  @Override
  public Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest)
      throws IOException {
    String path = PathText.of(file.path());
    Optional<FileRecord> done = earlier.find(path, policy, digest);
    if (done.isPresent() && done.get().endsTheSameAgain() && stands(file, done.get())) {
      return done;
    }
    return inherited
        .record(path)
        .filter(then -> then.after().equals(digest) && !then.insertions().isEmpty());
  }

  @Override
  public void keep(TreeEntry.SourceFile file, FileRecord fileRecord) throws IOException {
    present.add(fileRecord.path());
    runtime.add(file.path(), fileRecord);
    journal.note(fileRecord);
    if (!stands(file, fileRecord)) {
      files.copy(input.resolve(file.path()), file.path());
    }
  }

  private boolean stands(TreeEntry.SourceFile file, FileRecord fileRecord) throws IOException {
    Path target = root.resolve(file.path());
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Sha256.of(Files.readAllBytes(target)).equals(fileRecord.after());
  }

  @Override
  public void write(List<AssembledFile> assembled) throws IOException {
    journal.append(assembled.stream().map(AssembledFile::fileRecord).toList());
    for (AssembledFile file : assembled) {
      present.add(file.fileRecord().path());
      runtime.add(file.path(), file.fileRecord());
      if (file.isChanged()) {
        files.write(file.path(), file.after(), input.resolve(file.path()));
      } else {
        files.copy(input.resolve(file.path()), file.path());
      }
    }
  }

  @Override
  public void carryOver(List<TreeEntry> entries) throws IOException {
    for (TreeEntry entry : entries) {
      present.add(PathText.of(entry.path()));
      if (entry instanceof TreeEntry.Folder folder) {
        files.folder(folder.path());
        folders.add(folder);
      } else if (entry instanceof TreeEntry.Link link) {
        files.link(link.path(), link.target());
      } else if (entry instanceof TreeEntry.PlainFile plain) {
        copyIfNewer(plain.path());
      }
    }
  }

  private void copyIfNewer(Path relative) throws IOException {
    Path source = input.resolve(relative);
    Path target = root.resolve(relative);
    if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      FileTime there = Files.getLastModifiedTime(target);
      if (there.equals(Files.getLastModifiedTime(source))
          && Files.size(target) == Files.size(source)) {
        return;
      }
    }
    files.copy(source, relative);
  }

  @Override
  public void complete() throws IOException {
    runtime.write(files, run);
    removeStale();
    runtime.removeStale(root, earlier.runtime());
    for (int i = folders.size() - 1; i >= 0; i--) {
      copyMode(folders.get(i).path());
    }
    files.removeParts();
    journal.complete();
  }

  /** Files that an earlier run wrote and the input no longer has; others are not ours to remove. */
  private void removeStale() throws IOException {
    for (String path : earlier.paths()) {
      Path file = root.resolve(PathText.toPath(path));
      if (!present.contains(path) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Optional<FileRecord> fileRecord = earlier.record(path);
        boolean ours =
            fileRecord.isPresent()
                && Sha256.of(Files.readAllBytes(file)).equals(fileRecord.get().after());
        if (ours) {
          Files.delete(file);
        }
      }
    }
  }

  private void copyMode(Path relative) throws IOException {
    PosixFileAttributeView from =
        Files.getFileAttributeView(input.resolve(relative), PosixFileAttributeView.class);
    PosixFileAttributeView to =
        Files.getFileAttributeView(root.resolve(relative), PosixFileAttributeView.class);
    if (from != null && to != null) {
      to.setPermissions(from.readAttributes().permissions());
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
    earlier.close();
    inherited.close();
  }

  /**
   * Checks that a directory may become a run's output.
   *
   * @throws FileAlreadyExistsException when it holds files that no run of ours wrote
   */
  public static void claim(Path root) throws IOException {
    Files.createDirectories(root);
    try (Manifest manifest = Manifest.read(root);
        var children = Files.list(root)) {
      boolean foreign = children.anyMatch(child -> !child.endsWith(SourceTree.RUN_DIRECTORY));
      if (!manifest.exists() && foreign) {
        throw new FileAlreadyExistsException(root.toString());
      }
    }
  }
}
