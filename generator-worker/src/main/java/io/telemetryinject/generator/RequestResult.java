package io.telemetryinject.generator;

import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.OutcomeBatch;
import java.util.function.Function;

/** Where the functions of one request go next. */
public sealed interface RequestResult {

  /** To the executor, with a script. */
  record Forwarded(ExecutionBatch executions) implements RequestResult {
    @Override
    public <R> R fold(Function<Forwarded, R> forwarded, Function<Decided, R> decided) {
      return forwarded.apply(this);
    }
  }

  /**
   * Straight to the coordinator: there will be no script for them in this run, or they needed none.
   */
  record Decided(OutcomeBatch outcomes) implements RequestResult {
    @Override
    public <R> R fold(Function<Forwarded, R> forwarded, Function<Decided, R> decided) {
      return decided.apply(this);
    }
  }

  <R> R fold(Function<Forwarded, R> forwarded, Function<Decided, R> decided);
}
