package io.telemetryinject.benchmarks.models;

import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.writing.WritingModel;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.RunPolicy.Method;
import java.nio.file.Path;

/**
 * How many scripts a whole tree costs: with a model whose scripts are general, and with one whose
 * scripts serve their own shape alone, also if they are wrong at first; and a second run of each,
 * which must not ask at all.
 */
public final class CorpusModels {
  private final Bench bench;
  private final Path tree;
  private final String python;

  private CorpusModels(Bench bench, Path tree, String python) {
    this.bench = bench;
    this.tree = tree;
    this.python = python;
  }

  /**
   * @param args tree, python
   */
  public static void main(String[] args) throws Exception {
    try (Bench bench = new Bench()) {
      CorpusModels corpus = new CorpusModels(bench, Path.of(args[0]), args[1]);
      corpus.measure("general scripts", WritingModel.general());
      WritingModel ownShape = WritingModel.ofOwnShape();
      corpus.measure("scripts for their own shape", ownShape);
      bench.line("shapes that the stub could tell apart: %d", ownShape.shapes().size());
      WritingModel wrong = WritingModel.ofOwnShape().wrongAtFirst();
      corpus.measure("the same, wrong at first", wrong);
      bench.line("ways to be wrong, by shape: %s", WritingModel.faults(wrong.shapes()));
    }
    System.exit(0);
  }

  private void measure(String name, WritingModel model) throws Exception {
    try (LlmStub stub = LlmStub.start(model)) {
      TreeRuns runs = new TreeRuns(tree, bench.work().resolve(name), python, stub);
      print(name, runs.run(Method.SCRIPTS), stub);
      stub.forget();
      print("  a second run", runs.run(Method.SCRIPTS), stub);
    }
  }

  private void print(String name, RunReport report, LlmStub stub) {
    Effort effort = report.effort();
    bench.line(
        "%-28s %,d functions, %,d applied, %,d skipped, %d rejected, %d failed  %.0f s",
        name,
        report.functions(),
        report.applied(),
        report.skipped(),
        report.rejected(),
        report.failed(),
        report.totalMillis() / 1e3);
    bench.line(
        "%-28s %d generated, %d adopted, %d calls counted, %d seen by the stub, %d heal rounds",
        "",
        effort.scriptsGenerated(),
        effort.authoring().scriptsAdopted(),
        effort.modelCalls(),
        stub.requests().size(),
        effort.authoring().healRounds());
  }
}
