package io.telemetryinject.benchmarks.models;

import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.writing.WritingModel;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.RunPolicy.Method;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The same functions, the same model, the same latency: with scripts, cold and warm, and with the
 * model instrumenting each function itself.
 */
public final class ScriptsVsDirect {
  private ScriptsVsDirect() {}

  /**
   * @param args tree, python, milliseconds that a call takes
   */
  public static void main(String[] args) throws Exception {
    Duration latency = Duration.ofMillis(Long.parseLong(args[2]));
    try (Bench bench = new Bench();
        LlmStub stub = LlmStub.start(Bench.taking(latency, WritingModel.general()))) {
      Path home = bench.work().resolve("run");
      TreeRuns runs = new TreeRuns(Path.of(args[0]), home, args[1], stub);
      bench.line(
          "a call takes %d ms, %d at a time; tokens and prices as of gpt-4.1-mini",
          latency.toMillis(), TreeRuns.CONCURRENT_CALLS);
      print(bench, "scripts, cold cache", runs.run(Method.SCRIPTS));
      print(bench, "scripts, warm cache", runs.run(Method.SCRIPTS));
      print(bench, "--no-scripts", runs.run(Method.DIRECT));
      print(bench, "--no-scripts, again", runs.run(Method.DIRECT));
    }
    System.exit(0);
  }

  private static void print(Bench bench, String name, RunReport report) {
    Effort effort = report.effort();
    bench.line(
        "%-20s %,6d of %,6d applied, %d rejected, %d failed  %7.1f s  %,6d calls  %,11d tokens  $%.4f",
        name,
        report.applied(),
        report.functions(),
        report.rejected(),
        report.failed(),
        report.totalMillis() / 1e3,
        effort.modelCalls(),
        effort.modelTokens(),
        effort.microDollars() / 1e6);
  }
}
