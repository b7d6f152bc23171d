package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.assemble.CompletedFile;
import io.telemetryinject.coordinator.assemble.FileAssembler;
import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.FakeCompiler;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.manifest.RunBasis;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.coordinator.split.FileSplitter;
import io.telemetryinject.coordinator.tree.FileDigests;
import io.telemetryinject.coordinator.tree.PathFilter;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.SourceTree;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Feeds an output with an input tree, one step at a time. */
final class Outputs {
  static final String POLICY = Sha256.of("policy");
  static final RunId RUN = new RunId(Sha256.of("run"));

  private final Path input;

  Outputs(Path input) {
    this.input = input;
  }

  List<TreeEntry> entries() throws IOException {
    PathFilter everything = new PathFilter(List.of(), List.of());
    return new SourceTree(input, Answers.PACKS, everything, Set.of()).list();
  }

  List<TreeEntry.SourceFile> sources() throws IOException {
    return entries().stream()
        .filter(TreeEntry.SourceFile.class::isInstance)
        .map(TreeEntry.SourceFile.class::cast)
        .toList();
  }

  List<TreeEntry> others() throws IOException {
    return entries().stream().filter(e -> !(e instanceof TreeEntry.SourceFile)).toList();
  }

  RuntimeFiles runtime() throws IOException {
    return RuntimeFiles.of(Answers.PACKS, entries(), List.of());
  }

  String digest(TreeEntry.SourceFile file) throws IOException {
    return Sha256.of(Files.readAllBytes(input.resolve(file.path())));
  }

  AssembledFile assembled(TreeEntry.SourceFile file) throws IOException {
    byte[] bytes = Files.readAllBytes(input.resolve(file.path()));
    FileRef ref = new FileRef(PathText.of(file.path()), Sha256.of(bytes), file.language());
    Map<Integer, Outcome> outcomes = new HashMap<>();
    new FileSplitter(Answers.PACKS, RUN, Answers.POLICY, Selection.everything())
        .split(file.path(), ref, bytes)
        .batches()
        .forEach(b -> b.tasks().forEach(t -> outcomes.put(t.start(), Answers.outcome(t))));
    return new FileAssembler(
            input, Answers.PACKS, Answers.POLICY, Selection.everything(), FakeCompiler.content())
        .assemble(List.of(new CompletedFile(file.path(), ref, outcomes)))
        .get(0);
  }

  TreeOutput tree(Path output) throws IOException {
    Path root = Files.createDirectories(output).toRealPath();
    RuntimeFiles runtime = runtime();
    ManifestHeader header =
        new ManifestHeader(ManifestHeader.FORMAT, RUN, POLICY, RunBasis.unknown(), runtime.paths());
    TreeBasis basis =
        new TreeBasis(Manifest.read(root), false, path -> false, FileDigests.none(input));
    return new TreeOutput(input, root, header, runtime, basis);
  }

  /** Takes so many steps of a run into a tree, then drops it without a word: a kill. */
  void stepsInto(Path output, int steps) throws IOException {
    TreeOutput tree = tree(output);
    int left = steps;
    if (left-- > 0) {
      tree.carryOver(others());
    }
    for (TreeEntry.SourceFile file : sources()) {
      var finished = tree.finished(file, digest(file));
      if (left-- > 0) {
        if (finished.isPresent()) {
          tree.keep(file, finished.get());
        } else {
          tree.write(List.of(assembled(file)));
        }
      }
    }
    if (left > 0) {
      tree.complete();
    }
    tree.close();
  }
}
