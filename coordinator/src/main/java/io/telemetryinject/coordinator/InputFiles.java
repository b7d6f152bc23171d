package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.tree.FileDigests;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.Limits;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The digests of an input's source files, taken before anything else: they make the run's identity
 * and tell later whether a file was edited meanwhile.
 */
final class InputFiles {
  private final List<Source> files = new ArrayList<>();
  private final List<RunReport.Entry> refused = new ArrayList<>();
  private final List<Path> programs = new ArrayList<>();
  private final List<TreeEntry> carriedOver = new ArrayList<>();

  /** A source file and what it was when it was read. */
  record Source(TreeEntry.SourceFile file, FileRef ref) {}

  private InputFiles() {}

  /**
   * Reads source files.
   *
   * @param copies whether the other files will be read, too
   * @param known what need not be read
   */
  static InputFiles read(
      Path root,
      List<TreeEntry> entries,
      LanguagePacks packs,
      boolean copies,
      Foreknowledge known) {
    InputFiles input = new InputFiles();
    for (TreeEntry entry : entries) {
      if (entry instanceof TreeEntry.SourceFile source) {
        input.digest(root, source, packs.of(source.language()), known);
      } else if (entry instanceof TreeEntry.Refused bad) {
        input.refuse(bad.path(), bad.reason(), bad.detail());
      } else if (copies && isUnreadable(root, entry)) {
        input.refuse(entry.path(), RejectReason.UNREADABLE, "no permission to read it");
      } else {
        input.carriedOver.add(entry);
      }
    }
    return input;
  }

  private static boolean isUnreadable(Path root, TreeEntry entry) {
    return entry instanceof TreeEntry.PlainFile && !Files.isReadable(root.resolve(entry.path()));
  }

  private void digest(
      Path root, TreeEntry.SourceFile source, LanguagePack pack, Foreknowledge known) {
    Optional<FileRecord> then = known.then(source.path());
    if (then.isPresent()) {
      add(source, then.get().before(), known.wasProgram(source.path()));
      return;
    }
    FileDigests.Look look = known.digests().look(source.path());
    Optional<String> remembered = look.known();
    String path = PathText.of(source.path());
    if (remembered.isPresent() && known.isOfContent(path, remembered.get())) {
      add(source, remembered.get(), known.wasProgram(source.path()));
      return;
    }
    try {
      Path file = root.resolve(source.path());
      long size = Files.size(file);
      if (size > Limits.FILE_BYTES) {
        refuse(
            source.path(),
            RejectReason.SIZE,
            "a file of " + size + " bytes; the limit is " + Limits.FILE_BYTES);
        carriedOver.add(new TreeEntry.PlainFile(source.path()));
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      String digest = Sha256.of(bytes);
      look.note(digest);
      boolean program =
          known.isOfContent(path, digest)
              ? known.wasProgram(source.path())
              : pack.isProgram(file.getFileName().toString(), bytes);
      add(source, digest, program);
    } catch (IOException e) {
      refuse(source.path(), RejectReason.UNREADABLE, e.getClass().getSimpleName());
    }
  }

  private void add(TreeEntry.SourceFile source, String digest, boolean program) {
    String path = PathText.of(source.path());
    files.add(new Source(source, new FileRef(path, digest, source.language())));
    if (program) {
      programs.add(source.path());
    }
  }

  private void refuse(Path path, RejectReason reason, String detail) {
    Outcome outcome = new Outcome.Rejected(reason, detail);
    FunctionRecord whole = new FunctionRecord(FunctionRecord.WHOLE_FILE, 0, outcome);
    refused.add(new RunReport.Entry(PathText.of(path), whole));
  }

  List<Source> files() {
    return files;
  }

  /** Files that cannot be instrumented, with the reasons. */
  List<RunReport.Entry> refused() {
    return refused;
  }

  /** Source files that can be started by their own path. */
  List<Path> programs() {
    return programs;
  }

  /** Everything that goes to the output as it is. */
  List<TreeEntry> carriedOver() {
    return carriedOver;
  }

  /**
   * The identity of a run over these files. Files that an interrupted run has instrumented in place
   * count as they were before.
   */
  RunId runId(Manifest inPlace, String policy) {
    Sha256 digest = new Sha256().field(policy);
    for (Source source : files) {
      FileRef file = source.ref();
      String original = inPlace.originalDigest(file.path(), file.digest()).orElse(file.digest());
      digest.field(file.path()).field(original);
    }
    return new RunId(digest.hex());
  }
}
