package io.telemetryinject.coordinator.assemble;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.ScriptSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes files of outcomes: verifies, composes, and compiles several files in one round trip. */
public final class FileAssembler {
  private final Path input;
  private final LanguagePacks packs;
  private final RunPolicy policy;
  private final Selection selection;
  private final ScriptSandbox compiler;

  /**
   * @param input root of the tree that files are read from again
   * @param compiler where results are compiled; they are not run
   */
  public FileAssembler(
      Path input,
      LanguagePacks packs,
      RunPolicy policy,
      Selection selection,
      ScriptSandbox compiler) {
    this.input = requireNonNull(input, "input is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.selection = requireNonNull(selection, "selection is null");
    this.compiler = requireNonNull(compiler, "compiler is null");
  }

  /**
   * Assembles files, in order.
   *
   * @throws IOException when a file cannot be read any more
   */
  public List<AssembledFile> assemble(List<CompletedFile> files) throws IOException {
    List<AssembledFile> assembled = new ArrayList<>();
    List<FileDraft> drafts = new ArrayList<>();
    for (CompletedFile file : files) {
      byte[] bytes = Files.readAllBytes(input.resolve(file.path()));
      if (!Sha256.of(bytes).equals(file.file().digest())) {
        assembled.add(
            refused(file, bytes, RejectReason.EDITED, "changed while the run was under way"));
        continue;
      }
      try {
        LanguagePack pack = packs.of(file.file().language());
        drafts.add(FileDraft.of(pack, file, bytes, policy, selection));
      } catch (SourceRejectedException e) {
        assembled.add(refused(file, bytes, e.reason(), e.detail()));
      }
    }
    compile(drafts.stream().filter(draft -> !draft.accepted().isEmpty()).toList());
    drafts.forEach(draft -> assembled.add(draft.finish()));
    return assembled;
  }

  private void compile(List<FileDraft> drafts) {
    if (drafts.isEmpty()) {
      return;
    }
    List<String> messages = compiler.compile(drafts.stream().map(FileDraft::composeAll).toList());
    for (int i = 0; i < drafts.size(); i++) {
      if (!messages.get(i).isEmpty()) {
        new CulpritSearch(compiler, drafts.get(i)).search(messages.get(i));
      }
    }
  }

  /** The file as it is now, with a reason why it was left alone. */
  private static AssembledFile refused(
      CompletedFile file, byte[] bytes, RejectReason reason, String detail) {
    List<FunctionRecord> others =
        List.of(
            new FunctionRecord(FunctionRecord.WHOLE_FILE, 0, new Outcome.Rejected(reason, detail)));
    FileRecord fileRecord = FileRecord.untouched(file.file().path(), Sha256.of(bytes), others);
    return new AssembledFile(file.path(), bytes, bytes, fileRecord);
  }
}
