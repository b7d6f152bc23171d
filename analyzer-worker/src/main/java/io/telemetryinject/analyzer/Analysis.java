package io.telemetryinject.analyzer;

import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.ScriptRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one batch of tasks; together the parts hold every task exactly once.
 *
 * @param hits functions whose script is in the cache, or null when there are none
 * @param misses one request per script key that is not
 * @param refused functions that could not be described, or null when there are none
 */
public record Analysis(
    @Nullable ExecutionBatch hits, List<ScriptRequest> misses, @Nullable OutcomeBatch refused) {
  public Analysis {
    misses = List.copyOf(misses);
  }
}
