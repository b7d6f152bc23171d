package io.telemetryinject.executor;

import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.ScriptRequest;
import java.util.List;

/**
 * What became of the executions of one poll; together the parts hold each of them exactly once.
 *
 * @param outcomes per file
 * @param sentBack functions whose cached script did not do, once, with the reason
 * @param avoidedMicroDollars what models would have cost, asked for each function whose script was
 *     in the cache, in millionths of a US dollar
 */
public record ExecutionResult(
    List<OutcomeBatch> outcomes, List<ScriptRequest> sentBack, long avoidedMicroDollars) {
  public ExecutionResult {
    outcomes = List.copyOf(outcomes);
    sentBack = List.copyOf(sentBack);
  }
}
