package io.telemetryinject.coordinator.split;

import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one file apart: a task for each function that needs a script, an outcome for the others.
 */
public final class FileSplitter {
  /** A record holds tasks of about this many bytes of code; one large function may exceed it. */
  private static final int BATCH_BYTES = 256 << 10;

  private final LanguagePacks packs;
  private final RunId run;
  private final RunPolicy policy;
  private final Selection selection;

  public FileSplitter(LanguagePacks packs, RunId run, RunPolicy policy, Selection selection) {
    this.packs = packs;
    this.run = run;
    this.policy = policy;
    this.selection = selection;
  }

  /**
   * @param bytes the file's content, which {@code file}'s digest is of
   */
  public PlannedFile split(Path path, FileRef file, byte[] bytes) {
    LanguagePack pack = packs.of(file.language());
    try {
      SourceText text = pack.decode(bytes);
      return plan(path, file, text, pack.scan(text.utf8()));
    } catch (SourceRejectedException e) {
      return PlannedFile.refused(path, file, e.reason(), e.detail());
    }
  }

  private PlannedFile plan(Path path, FileRef file, SourceText text, SourceScan scan) {
    List<FunctionRecord> settled = new ArrayList<>();
    List<FunctionTaskBatch> batches = new ArrayList<>();
    List<FunctionTask> tasks = new ArrayList<>();
    int bytes = 0;
    for (ScannedFunction function : scan.functions()) {
      Optional<Outcome> outcome = FunctionTriage.settled(scan, function, text.utf8(), selection);
      if (outcome.isPresent()) {
        settled.add(new FunctionRecord(function.qualifiedName(), function.line(), outcome.get()));
        continue;
      }
      int size = function.end() - function.start();
      if (bytes + size > BATCH_BYTES && !tasks.isEmpty()) {
        batches.add(batch(file, scan, tasks));
        tasks.clear();
        bytes = 0;
      }
      tasks.add(task(text, function));
      bytes += size;
    }
    if (!tasks.isEmpty()) {
      batches.add(batch(file, scan, tasks));
    }
    return new PlannedFile(path, file, batches, settled);
  }

  private FunctionTaskBatch batch(FileRef file, SourceScan scan, List<FunctionTask> tasks) {
    return new FunctionTaskBatch(run, file, policy, scan.imports(), tasks);
  }

  private static FunctionTask task(SourceText text, ScannedFunction function) {
    return new FunctionTask(
        function.start(),
        function.line(),
        function.qualifiedName(),
        function.classContext(),
        text.slice(function.start(), function.end()));
  }
}
