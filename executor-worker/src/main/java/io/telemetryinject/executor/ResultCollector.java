package io.telemetryinject.executor;

import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.ScriptRequest.Rejection;
import io.telemetryinject.sandbox.ScriptAnswer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gathers verdicts per execution and sorts them into outcomes and functions to send back. */
final class ResultCollector {
  private static final Outcome UNDECIDED =
      new Outcome.Failed(ErrorCode.INTERNAL, "no verdict was reached");

  private final List<ExecutionBatch> batches = new ArrayList<>();
  private final Map<FunctionExecution, Outcome> outcomes = new IdentityHashMap<>();
  private int expected;

  private record Answer(FunctionExecution execution, Outcome outcome) {}

  void expect(ExecutionBatch batch, FunctionExecution execution) {
    if (batches.isEmpty() || batches.get(batches.size() - 1) != batch) {
      batches.add(batch);
    }
    expected++;
  }

  /** Sets a verdict; a later one replaces it. */
  void decide(FunctionExecution execution, Outcome outcome) {
    outcomes.put(execution, outcome);
  }

  @Nullable Outcome outcomeOf(FunctionExecution execution) {
    return outcomes.get(execution);
  }

  ExecutionResult result(long nanos, long avoidedMicroDollars) {
    long microsPerFunction = TimeUnit.NANOSECONDS.toMicros(nanos) / Math.max(1, expected);
    List<OutcomeBatch> done = new ArrayList<>();
    List<ScriptRequest> sentBack = new ArrayList<>();
    for (ExecutionBatch batch : batches) {
      List<FunctionOutcome> finished = new ArrayList<>();
      Map<ScriptKey, List<Answer>> returned = new LinkedHashMap<>();
      for (FunctionExecution execution : batch.executions()) {
        Answer answer = new Answer(execution, outcomes.getOrDefault(execution, UNDECIDED));
        if (isWorthAnotherScript(answer)) {
          returned.computeIfAbsent(execution.script(), k -> new ArrayList<>()).add(answer);
        } else {
          int start = execution.metadata().task().start();
          finished.add(new FunctionOutcome(start, answer.outcome(), execution.cached()));
        }
      }
      returned.forEach((key, answers) -> sentBack.add(request(batch, key, answers)));
      if (!finished.isEmpty()) {
        Effort effort =
            batch.effort().plus(Effort.execution(microsPerFunction * batch.executions().size()));
        done.add(new OutcomeBatch(batch.run(), batch.file(), finished, effort));
      }
    }
    return new ExecutionResult(done, sentBack, avoidedMicroDollars);
  }

  /** A bad verdict goes to the generator once; what no script can change does not. */
  private static boolean isWorthAnotherScript(Answer answer) {
    if (answer.execution().attempt() > 0) {
      return false;
    }
    return answer
        .outcome()
        .fold(
            new Outcome.Fold<>(
                applied -> false,
                unchanged -> false,
                skipped -> false,
                rejected ->
                    rejected.reason() == RejectReason.PRESERVATION
                        || rejected.reason() == RejectReason.LITERAL
                        || rejected.reason() == RejectReason.PRIVACY
                        || rejected.reason() == RejectReason.COVERAGE,
                failed -> true));
  }

  private static ScriptRequest request(ExecutionBatch batch, ScriptKey key, List<Answer> answers) {
    List<FunctionMetadata> waiting =
        answers.stream().map(answer -> answer.execution().metadata()).toList();
    Answer first = answers.get(0);
    String detail =
        first
            .outcome()
            .fold(
                new Outcome.Fold<>(
                    applied -> "",
                    unchanged -> "",
                    skipped -> "",
                    rejected -> rejected.reason() + ": " + rejected.detail(),
                    failed ->
                        failed.code()
                            + ": "
                            + new ScriptAnswer.Broken(failed.code(), failed.detail()).kind()));
    return new ScriptRequest(
        batch.run(),
        batch.file(),
        batch.policy(),
        key,
        List.of(),
        waiting,
        new Rejection(first.execution().version(), detail));
  }
}
