package io.telemetryinject.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.ScriptAnswer;
import io.telemetryinject.sandbox.ScriptCall;

/**
 * A function that can be run: its text scanned by us rather than by whoever sent the record, its
 * script read from the cache and checked.
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call of the executor
record ReadyFunction(
    LanguagePack pack,
    FunctionExecution execution,
    CachedScript script,
    byte[] code,
    ScannedFunction function,
    Telemetry telemetry,
    ScriptCall call) {

  static ReadyFunction of(
      LanguagePack pack, FunctionExecution execution, RunPolicy policy, CachedScript script)
      throws SourceRejectedException {
    FunctionTask task = execution.metadata().task();
    byte[] code = task.code().getBytes(UTF_8);
    ScannedFunction function = pack.scanFunction(task, code);
    Telemetry telemetry = pack.telemetryFor(function, policy);
    ScriptCall call =
        new ScriptCall(
            script.script(),
            script.digest(),
            task.code(),
            function.qualifiedName(),
            function.parameters().stream().map(Parameter::name).toList(),
            telemetry.exceptions());
    return new ReadyFunction(pack, execution, script, code, function, telemetry, call);
  }

  /** The verdict on what the script answered. */
  Outcome judge(ScriptAnswer answer) {
    return answer.fold(this::verify, broken -> new Outcome.Failed(broken.code(), broken.detail()));
  }

  private Outcome verify(ScriptAnswer.Answered answered) {
    Verdict verdict = pack.verifier().verify(function, code, telemetry, answered.insertions());
    return verdict.reason() == null
        ? new Outcome.Applied(answered.insertions(), execution.script(), execution.version())
        : new Outcome.Rejected(verdict.reason(), verdict.detail());
  }
}
