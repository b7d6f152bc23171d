package io.telemetryinject.analyzer;

import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.ScriptRequest;
import java.util.List;
import java.util.Optional;

/**
 * What became of one batch of tasks; together the parts hold every task exactly once.
 *
 * @param hits functions whose script is in the cache
 * @param misses one request per script key that is not
 * @param refused functions that could not be described
 */
public record Analysis(
    Optional<ExecutionBatch> hits, List<ScriptRequest> misses, Optional<OutcomeBatch> refused) {
  public Analysis {
    misses = List.copyOf(misses);
  }
}
