package io.telemetryinject.coordinator.output;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.manifest.CarriedRecord;
import io.telemetryinject.coordinator.manifest.CarriedRecord.Kind;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Journal;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.tree.FileDigests;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A tree of its own beside the input; an earlier run's results in it are kept where they still
 * hold.
 */
public final class TreeOutput implements RunOutput {
  private static final int PERMISSIONS = 0777;

  private final Path input;
  private final Path root;
  private final ManifestHeader header;
  private final RuntimeFiles runtime;
  private final TreeBasis basis;
  private final Manifest earlier;
  private final Manifest inherited;
  private final Standing standing;
  private final Set<String> found = ConcurrentHashMap.newKeySet();
  private final Map<String, FileRecord> kept = new ConcurrentHashMap<>();
  private final List<String> carriedAsBefore = new ArrayList<>();
  private final List<TreeEntry.Folder> folders = new ArrayList<>();
  private final Set<String> edited = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean changed = new AtomicBoolean();
  private @Nullable Writing writing;

  /** What writing takes; a run that changes nothing does not come to it. */
  private record Writing(Journal journal, AtomicFiles files) {}

  /**
   * @param input real path of the tree that is read
   * @param root real path of an existing directory, empty or an earlier run's output
   */
  public TreeOutput(
      Path input, Path root, ManifestHeader header, RuntimeFiles runtime, TreeBasis basis)
      throws IOException {
    this.input = input;
    this.root = root;
    this.header = header;
    this.runtime = runtime;
    this.basis = basis;
    this.earlier = basis.earlier();
    this.inherited = Manifest.read(input);
    this.standing = basis.incremental() ? Standing.sinceRun(root, earlier) : Standing.unknown();
    if (!basis.incremental()) {
      writing();
    }
  }

  private synchronized Writing writing() throws IOException {
    Writing open = writing;
    if (open == null) {
      Journal journal = Journal.open(root, header);
      open = new Writing(journal, new AtomicFiles(root));
      writing = open;
    }
    return open;
  }

  /** For everything that makes the output another than it was. */
  private AtomicFiles change() throws IOException {
    changed.set(true);
    return writing().files();
  }

  @Override
  public void prepare(WantedPaths wanted) throws IOException {
    if (earlier.paths().size() + earlier.carried().size() != wanted.size()) {
      changed.set(true);
    }
    if (runtime.hasStale(earlier.runtime())) {
      change();
      runtime.removeStale(root, earlier.runtime());
    }
    Leftovers leftovers =
        new Leftovers(root, earlier, standing, directory -> change().folder(directory));
    if (leftovers.remove(wanted) > 0) {
      changed.set(true);
    }
  }

  @Override
  public Optional<FileRecord> finished(TreeEntry.SourceFile file, String digest)
      throws IOException {
    String path = PathText.of(file.path());
    Optional<FileRecord> done = earlier.find(path, header.policy(), digest);
    if (done.isPresent() && done.get().endsTheSameAgain()) {
      if (stands(file.path(), done.get().after())) {
        found.add(path);
        return done;
      }
      edited.add(path);
    }
    return inherited
        .record(path)
        .filter(then -> then.after().equals(digest) && !then.insertions().isEmpty());
  }

  @Override
  public void keep(TreeEntry.SourceFile file, FileRecord fileRecord) throws IOException {
    if (found.contains(fileRecord.path())) {
      kept.put(fileRecord.path(), fileRecord);
      adoptMode(file.path());
      return;
    }
    runtime.add(file.path(), fileRecord);
    change();
    writing().journal().note(fileRecord);
    if (!stands(file.path(), fileRecord.after())) {
      writing().files().copy(input.resolve(file.path()), file.path());
    }
  }

  private boolean stands(Path relative, String digest) throws IOException {
    Path target = root.resolve(relative);
    return standing.isUntouched(target)
        || (Files.isRegularFile(target, NOFOLLOW_LINKS) && digestOf(target).equals(digest));
  }

  private static String digestOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }

  @Override
  public void write(List<AssembledFile> assembled) throws IOException {
    AtomicFiles files = change();
    writing().journal().append(assembled.stream().map(AssembledFile::fileRecord).toList());
    for (AssembledFile file : assembled) {
      runtime.add(file.path(), file.fileRecord());
      makeRoom(file.path());
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
      if (entry instanceof TreeEntry.Folder folder) {
        carryFolder(folder);
      } else if (entry instanceof TreeEntry.Link link) {
        carryLink(link);
      } else if (entry instanceof TreeEntry.PlainFile plain) {
        carryFile(plain.path());
      }
    }
  }

  private void carryFolder(TreeEntry.Folder folder) throws IOException {
    folders.add(folder);
    if (!basis.incremental() || !Files.isDirectory(root.resolve(folder.path()), NOFOLLOW_LINKS)) {
      change().folder(folder.path());
    }
    carried(folder.path(), Kind.FOLDER, "");
  }

  private void carryLink(TreeEntry.Link link) throws IOException {
    Path there = root.resolve(link.path());
    if (!Files.isSymbolicLink(there) || !Files.readSymbolicLink(there).equals(link.target())) {
      makeRoom(link.path());
      change().link(link.path(), link.target());
    }
    carried(link.path(), Kind.LINK, link.target().toString());
  }

  private void carryFile(Path relative) throws IOException {
    Optional<String> stands = standingCopy(relative);
    if (stands.isPresent()) {
      adoptMode(relative);
      carried(relative, Kind.FILE, stands.get());
    } else {
      makeRoom(relative);
      FileDigests.Look look = basis.digests().look(relative);
      String digest = change().copy(input.resolve(relative), relative);
      look.note(digest);
      carried(relative, Kind.FILE, digest);
    }
  }

  /** Digest of an earlier run's copy of a file, if the output has it and it is still right. */
  private Optional<String> standingCopy(Path relative) throws IOException {
    CarriedRecord then = earlier.carried().get(PathText.of(relative));
    Path source = input.resolve(relative);
    Path target = root.resolve(relative);
    if (!Files.isRegularFile(target, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (basis.incremental() && then != null && then.kind() == Kind.FILE) {
      boolean same =
          basis.unread().test(relative) || basis.digests().digest(relative).equals(then.content());
      if (same && !stands(relative, then.content())) {
        edited.add(then.carried());
      }
      return Optional.of(then.content()).filter(d -> same && !edited.contains(then.carried()));
    }
    boolean same =
        Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(source))
            && Files.size(target) == Files.size(source);
    if (!same) {
      return Optional.empty();
    }
    return Optional.of(
        then != null && then.kind() == Kind.FILE ? then.content() : digestOf(target));
  }

  /** Takes over into the manifest what stands in the output by now. */
  private void carried(Path relative, Kind kind, String content) throws IOException {
    String path = PathText.of(relative);
    CarriedRecord then = earlier.carried().get(path);
    if (then != null && then.kind() == kind && then.content().equals(content)) {
      carriedAsBefore.add(path);
    } else {
      change();
      writing().journal().note(new CarriedRecord(path, kind, content));
    }
  }

  /** A folder may have been left without the right to write into it. */
  private void makeRoom(Path relative) throws IOException {
    if (relative.getParent() != null) {
      writing().files().folder(relative.getParent());
    }
  }

  /** A file whose content stands may have got other permissions in the input. */
  private void adoptMode(Path relative) throws IOException {
    if (basis.incremental() && copyMode(relative)) {
      changed.set(true);
    }
  }

  @Override
  public void complete() throws IOException {
    basis.digests().save();
    boolean asBefore =
        basis.incremental() && !changed.get() && runtime.stands(root, standing, header, earlier);
    for (int i = folders.size() - 1; i >= 0 && asBefore; i--) {
      asBefore = !differsInMode(folders.get(i).path());
    }
    if (asBefore && earlier.header().filter(header::equals).isPresent()) {
      return;
    }
    Writing open = writing();
    if (!asBefore) {
      new TreeMap<>(kept).forEach((path, then) -> runtime.add(PathText.toPath(path), then));
      runtime.write(open.files(), header.run());
      for (int i = folders.size() - 1; i >= 0; i--) {
        copyMode(folders.get(i).path());
      }
    }
    open.files().removeParts();
    for (String path : kept.keySet()) {
      open.journal().takeOver(path, earlier);
    }
    for (String path : carriedAsBefore) {
      open.journal().takeOver(path, earlier);
    }
    open.journal().complete();
  }

  @Override
  public List<String> remarks() {
    return edited.isEmpty() || !basis.incremental()
        ? List.of()
        : List.of(
            edited.size()
                + " files of the output were changed since the last run, for example "
                + new TreeSet<>(edited).first()
                + "; they are done again");
  }

  private boolean differsInMode(Path relative) throws IOException {
    return root.getFileSystem().supportedFileAttributeViews().contains("posix")
        && modeOf(input.resolve(relative)) != modeOf(root.resolve(relative));
  }

  private static int modeOf(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode", NOFOLLOW_LINKS) & PERMISSIONS;
  }

  private boolean copyMode(Path relative) throws IOException {
    if (!differsInMode(relative)) {
      return false;
    }
    Files.setPosixFilePermissions(
        root.resolve(relative), Files.getPosixFilePermissions(input.resolve(relative)));
    return true;
  }

  @Override
  public void close() throws IOException {
    if (writing != null) {
      writing.journal().close();
    }
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
    try (var children = Files.list(root)) {
      if (!Manifest.hasTraces(root) && children.findAny().isPresent()) {
        throw new FileAlreadyExistsException(root.toString());
      }
    }
  }
}
