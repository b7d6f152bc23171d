package io.telemetryinject.coordinator.assemble;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.fixture.FakeCompiler;
import io.telemetryinject.coordinator.fixture.Trees;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.coordinator.split.FileSplitter;
import io.telemetryinject.coordinator.split.PlannedFile;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One file on its way through split, workers and assembler. */
final class AssemblerRig {
  static final Path NAME = Path.of("module.py");

  private final Path root;
  private final byte[] source;
  private final FakeCompiler compiler;

  AssemblerRig(Path root, byte[] source, FakeCompiler compiler) {
    this.root = root;
    this.source = source;
    this.compiler = compiler;
    Trees.write(root.resolve(NAME), source);
  }

  AssemblerRig(Path root, String source, FakeCompiler compiler) {
    this(root, source.getBytes(ISO_8859_1), compiler);
  }

  FileRef file() {
    return new FileRef(NAME.toString(), Sha256.of(source), Language.PYTHON);
  }

  List<FunctionTask> tasks() {
    PlannedFile planned =
        new FileSplitter(
                Answers.PACKS, new RunId(Sha256.of("run")), Answers.POLICY, Selection.everything())
            .split(NAME, file(), source);
    return planned.batches().stream().map(FunctionTaskBatch::tasks).flatMap(List::stream).toList();
  }

  /** What correct workers answer, by start. */
  Map<Integer, Outcome> answers() {
    Map<Integer, Outcome> answers = new LinkedHashMap<>();
    tasks().forEach(task -> answers.put(task.start(), Answers.outcome(task)));
    return answers;
  }

  AssembledFile assemble() throws IOException {
    return assemble(answers());
  }

  AssembledFile assemble(Map<Integer, Outcome> outcomes) throws IOException {
    return assemble(new CompletedFile(NAME, file(), outcomes));
  }

  AssembledFile assemble(CompletedFile completed) throws IOException {
    return assemble(completed, Answers.POLICY, Selection.everything());
  }

  AssembledFile assemble(CompletedFile completed, RunPolicy policy, Selection selection)
      throws IOException {
    return new FileAssembler(root, Answers.PACKS, policy, selection, compiler)
        .assemble(List.of(completed))
        .get(0);
  }

  static String text(AssembledFile file) {
    return new String(file.after(), ISO_8859_1);
  }

  /** The outcome of a function that was not instrumented. */
  static Outcome other(AssembledFile file, String name) {
    return file.fileRecord().others().stream()
        .filter(record -> record.qualifiedName().equals(name))
        .map(FunctionRecord::outcome)
        .findFirst()
        .orElseThrow();
  }

  static byte[] stripped(AssembledFile file) throws SourceRejectedException {
    return Insertions.remove(
        file.after(), Charset.forName(file.fileRecord().charset()), file.fileRecord().insertions());
  }
}
