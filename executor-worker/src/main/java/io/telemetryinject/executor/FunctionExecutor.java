package io.telemetryinject.executor;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.sandbox.ScriptAnswer;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptSandbox.Isolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs scripts on functions, many per round trip to the sandbox, and verifies every answer.
 *
 * <p>Calls that share a process can disturb one another, so a bad answer is no verdict yet: those
 * functions run again, one process each.
 */
public final class FunctionExecutor {
  private final LanguagePacks packs;
  private final ScriptCache cache;
  private final ScriptSandbox sandbox;

  public FunctionExecutor(LanguagePacks packs, ScriptCache cache, ScriptSandbox sandbox) {
    this.packs = requireNonNull(packs, "packs is null");
    this.cache = requireNonNull(cache, "cache is null");
    this.sandbox = requireNonNull(sandbox, "sandbox is null");
  }

  /**
   * Runs all executions of one poll together.
   *
   * @throws IOException when the cache cannot be read; nothing was decided then. When it was waited
   *     for in vain, functions are Failed(CACHE)
   */
  public ExecutionResult executeAll(List<ExecutionBatch> batches) throws IOException {
    long started = System.nanoTime();
    ResultCollector results = new ResultCollector();
    List<ReadyFunction> ready = new ArrayList<>();
    for (ExecutionBatch batch : batches) {
      for (FunctionExecution execution : batch.executions()) {
        results.expect(batch, execution);
        prepare(batch, execution, results).ifPresent(ready::add);
      }
    }
    List<ReadyFunction> doubtful = run(ready, Isolation.BATCH, results);
    run(doubtful, Isolation.CALL, results);
    new UnparsableFunctions(sandbox).reclassify(doubtful, results);
    long nanos = System.nanoTime() - started;
    recordUse(ready, nanos);
    return results.result(nanos, avoidedMicroDollars(ready));
  }

  private static long avoidedMicroDollars(List<ReadyFunction> functions) {
    return functions.stream()
        .filter(function -> function.execution().cached())
        .mapToLong(function -> function.script().microDollarsPerCall())
        .sum();
  }

  private void recordUse(List<ReadyFunction> functions, long nanos) {
    Map<CachedScript, Integer> calls = new IdentityHashMap<>();
    functions.forEach(function -> calls.merge(function.script(), 1, Integer::sum));
    calls.forEach(
        (script, count) ->
            cache.recordUse(
                script.key(), script.version(), 0, count, nanos / functions.size() * count));
  }

  private Optional<ReadyFunction> prepare(
      ExecutionBatch batch, FunctionExecution execution, ResultCollector results)
      throws IOException {
    Optional<CachedScript> script;
    try {
      script = cache.read(execution.script(), execution.version());
    } catch (CacheException e) {
      results.decide(execution, new Outcome.Failed(ErrorCode.CACHE, e.detail()));
      return Optional.empty();
    }
    if (script.isEmpty()) {
      String detail = "no usable script " + execution.script().baseName() + " version ";
      results.decide(execution, new Outcome.Failed(ErrorCode.CACHE, detail + execution.version()));
      return Optional.empty();
    }
    LanguagePack pack = packs.of(batch.file().language());
    try {
      return Optional.of(ReadyFunction.of(pack, execution, batch.policy(), script.get()));
    } catch (SourceRejectedException e) {
      results.decide(execution, new Outcome.Rejected(e.reason(), e.detail()));
      return Optional.empty();
    }
  }

  /** Runs functions, records the verdicts and returns the functions whose verdict is bad. */
  private List<ReadyFunction> run(
      List<ReadyFunction> functions, Isolation isolation, ResultCollector results) {
    List<ReadyFunction> bad = new ArrayList<>();
    if (functions.isEmpty()) {
      return bad;
    }
    List<ScriptAnswer> answers =
        sandbox.run(functions.stream().map(ReadyFunction::call).toList(), isolation);
    for (int i = 0; i < functions.size(); i++) {
      ReadyFunction function = functions.get(i);
      Outcome outcome = function.judge(answers.get(i));
      results.decide(function.execution(), outcome);
      if (!(outcome instanceof Outcome.Applied)) {
        bad.add(function);
      }
    }
    return bad;
  }
}
