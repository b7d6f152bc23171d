package io.telemetryinject.generator;

import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.OutcomeBatch;
import java.util.function.Function;

/** Where the functions of one request go next. */
public sealed interface RequestResult {

  /** To the executor, with a script. */
  record Forwarded(ExecutionBatch executions) implements RequestResult {
    @Override
    public <R> R fold(Function<Forwarded, R> forwarded, Function<Refused, R> refused) {
      return forwarded.apply(this);
    }
  }

  /** Straight to the coordinator: there is no script for them, and there will be none this run. */
  record Refused(OutcomeBatch outcomes) implements RequestResult {
    @Override
    public <R> R fold(Function<Forwarded, R> forwarded, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }

  <R> R fold(Function<Forwarded, R> forwarded, Function<Refused, R> refused);
}
