package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.SourceTree;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Takes a run's insertions out of a tree again, by its manifest and exactly. */
public final class Uninjector {
  private final Path root;
  private final LanguagePacks packs;

  /**
   * What was taken back.
   *
   * @param files that are originals again
   * @param edited files that were left alone since they changed after the run, with the reason
   */
  public record Result(int files, List<Edited> edited) {
    public Result {
      edited = List.copyOf(edited);
    }
  }

  /** A file that was left alone. */
  public record Edited(String path, FunctionRecord file) {}

  /**
   * @param root real path of an instrumented tree
   */
  public Uninjector(Path root, LanguagePacks packs) {
    this.root = root;
    this.packs = packs;
  }

  /**
   * Restores every file that is as the run left it, and removes the runtime files and the manifest
   * when none is left over. May be repeated after an interruption.
   *
   * @return empty when the tree has no manifest
   */
  public Optional<Result> run() throws IOException {
    try (Manifest manifest = Manifest.read(root)) {
      if (!manifest.exists()) {
        return Optional.empty();
      }
      AtomicFiles files = new AtomicFiles(root);
      int restored = 0;
      List<Edited> edited = new ArrayList<>();
      for (String path : new TreeSet<>(manifest.paths())) {
        FileRecord fileRecord = manifest.record(path).orElseThrow();
        if (fileRecord.insertions().isEmpty()) {
          continue;
        }
        try {
          restored += restore(fileRecord, files) ? 1 : 0;
        } catch (SourceRejectedException e) {
          edited.add(edited(path, e));
        }
      }
      files.removeParts();
      if (edited.isEmpty()) {
        removeTraces(manifest);
      }
      return Optional.of(new Result(restored, edited));
    }
  }

  private boolean restore(FileRecord fileRecord, AtomicFiles files)
      throws IOException, SourceRejectedException {
    Path relative = PathText.toPath(fileRecord.path());
    Path file = root.resolve(relative);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SourceRejectedException(RejectReason.EDITED, "the file is gone");
    }
    byte[] bytes = Files.readAllBytes(file);
    String digest = Sha256.of(bytes);
    if (digest.equals(fileRecord.before())) {
      return false;
    }
    if (!digest.equals(fileRecord.after())) {
      throw new SourceRejectedException(RejectReason.EDITED, "edited since it was instrumented");
    }
    Charset charset = Charset.forName(fileRecord.charset());
    byte[] original = Insertions.remove(bytes, charset, fileRecord.insertions());
    if (!Sha256.of(original).equals(fileRecord.before())) {
      throw new SourceRejectedException(RejectReason.EDITED, "the manifest does not fit the file");
    }
    files.write(relative, original, file);
    return true;
  }

  private static Edited edited(String path, SourceRejectedException reason) {
    Outcome outcome = new Outcome.Rejected(reason.reason(), reason.detail());
    return new Edited(path, new FunctionRecord(FunctionRecord.WHOLE_FILE, 0, outcome));
  }

  private void removeTraces(Manifest manifest) throws IOException {
    RuntimeFiles.remove(packs, root, manifest.runtime());
    manifest.close();
    Path directory = root.resolve(SourceTree.RUN_DIRECTORY);
    try (var traces = Files.list(directory)) {
      for (Path trace : traces.toList()) {
        Files.delete(trace);
      }
    }
    Files.delete(directory);
  }
}
