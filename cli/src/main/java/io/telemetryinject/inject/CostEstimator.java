package io.telemetryinject.inject;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.WritingEstimate;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds the scripts that a run would miss, and what they would cost; calls nobody. */
public final class CostEstimator {
  private final Engine engine;

  public CostEstimator(Engine engine) {
    this.engine = engine;
  }

  /** What a run would take if no script served two keys; without scripts, every function. */
  public WritingEstimate estimate(RunRequest request) throws InputProblem, IOException {
    Map<ScriptKey, GenerationOrder> orders = new LinkedHashMap<>();
    List<WritingEstimate> direct = new ArrayList<>();
    boolean withScripts = request.policy().method() == RunPolicy.Method.SCRIPTS;
    Consumer<ScriptRequest> take =
        withScripts
            ? miss -> orders.putIfAbsent(miss.key(), order(miss))
            : miss -> direct.add(withoutScript(miss));
    try {
      RunPlan.of(request, engine.packs())
          .preview(engine.packs(), batch -> misses(batch).forEach(take));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return withScripts
        ? engine.ladder().estimate(orders.values())
        : direct.stream().reduce(WritingEstimate.none(), WritingEstimate::plus);
  }

  private List<ScriptRequest> misses(FunctionTaskBatch batch) {
    try {
      return engine.previewer().analyze(batch).misses();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GenerationOrder order(ScriptRequest miss) {
    return new GenerationOrder(miss.run(), miss.key(), 1, miss.policy(), miss.waiting(), null);
  }

  private WritingEstimate withoutScript(ScriptRequest miss) {
    return miss.waiting().stream()
        .map(function -> engine.ladder().direct().estimate(function, miss.policy()))
        .reduce(WritingEstimate.none(), WritingEstimate::plus);
  }
}
