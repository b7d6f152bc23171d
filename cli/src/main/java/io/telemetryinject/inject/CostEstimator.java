package io.telemetryinject.inject;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.RunPlan;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.WritingEstimate;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the scripts that a run would miss, and what they would cost; calls nobody. */
public final class CostEstimator {
  private final Engine engine;

  public CostEstimator(Engine engine) {
    this.engine = engine;
  }

  /** What a run would take if no script served two keys. */
  public WritingEstimate estimate(RunRequest request) throws InputProblem, IOException {
    Map<ScriptKey, GenerationOrder> orders = new LinkedHashMap<>();
    try {
      RunPlan.of(request, engine.packs())
          .preview(engine.packs(), batch -> addMisses(batch, orders));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return engine.ladder().estimate(orders.values());
  }

  private void addMisses(FunctionTaskBatch batch, Map<ScriptKey, GenerationOrder> orders) {
    try {
      for (ScriptRequest miss : engine.previewer().analyze(batch).misses()) {
        orders.putIfAbsent(
            miss.key(),
            new GenerationOrder(miss.run(), miss.key(), 1, miss.policy(), miss.waiting(), null));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
