package io.telemetryinject.analyzer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.ScriptRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns tasks into metadata by static analysis, and finds the script for each. No model involved.
 */
public final class FunctionAnalyzer {
  private final LanguagePacks packs;
  private final ScriptCache cache;

  public FunctionAnalyzer(LanguagePacks packs, ScriptCache cache) {
    this.packs = requireNonNull(packs, "packs is null");
    this.cache = requireNonNull(cache, "cache is null");
  }

  /**
   * Describes each task and splits the batch by cache hit and miss.
   *
   * @throws IOException when the cache cannot be asked; nothing was decided then. When it was
   *     waited for in vain, functions are Failed(CACHE)
   */
  public Analysis analyze(FunctionTaskBatch batch) throws IOException {
    LanguagePack pack = packs.of(batch.file().language());
    List<FunctionOutcome> refused = new ArrayList<>();
    Map<ScriptKey, List<FunctionMetadata>> byKey = new LinkedHashMap<>();
    for (FunctionTask task : batch.tasks()) {
      try {
        FunctionMetadata function = describe(pack, task, batch);
        byKey.computeIfAbsent(keyOf(pack, function, batch), key -> new ArrayList<>()).add(function);
      } catch (SourceRejectedException e) {
        Outcome outcome = new Outcome.Rejected(e.reason(), e.detail());
        refused.add(new FunctionOutcome(task.start(), outcome, false));
      }
    }
    return split(pack, batch, byKey, refused);
  }

  private Analysis split(
      LanguagePack pack,
      FunctionTaskBatch batch,
      Map<ScriptKey, List<FunctionMetadata>> byKey,
      List<FunctionOutcome> refused)
      throws IOException {
    List<FunctionExecution> hits = new ArrayList<>();
    List<ScriptRequest> misses = new ArrayList<>();
    for (Map.Entry<ScriptKey, List<FunctionMetadata>> entry : byKey.entrySet()) {
      OptionalInt version;
      try {
        version = lookUp(entry.getKey(), batch);
      } catch (CacheException e) {
        refused.addAll(failed(entry.getValue(), e));
        continue;
      }
      if (version.isPresent()) {
        cache.recordUse(entry.getKey(), version.getAsInt(), entry.getValue().size(), 0, 0);
        for (FunctionMetadata function : entry.getValue()) {
          hits.add(new FunctionExecution(function, entry.getKey(), version.getAsInt(), 0, true));
        }
      } else {
        misses.add(miss(pack, batch, entry.getKey(), entry.getValue()));
      }
    }
    return new Analysis(
        hits.isEmpty() ? Optional.empty() : Optional.of(executions(batch, hits)),
        misses,
        refused.isEmpty()
            ? Optional.empty()
            : Optional.of(new OutcomeBatch(batch.run(), batch.file(), refused, Effort.none())));
  }

  /** A cache that cannot be asked is not known to lack the script: another must not be paid for. */
  private static List<FunctionOutcome> failed(List<FunctionMetadata> functions, CacheException e) {
    Outcome outcome = new Outcome.Failed(ErrorCode.CACHE, e.detail());
    return functions.stream()
        .map(function -> new FunctionOutcome(function.task().start(), outcome, false))
        .toList();
  }

  private static ExecutionBatch executions(FunctionTaskBatch batch, List<FunctionExecution> hits) {
    return new ExecutionBatch(batch.run(), batch.file(), batch.policy(), hits, Effort.none());
  }

  private OptionalInt lookUp(ScriptKey key, FunctionTaskBatch batch) throws IOException {
    boolean passOver =
        batch.policy().forceRegenerate() || batch.policy().method() == RunPolicy.Method.DIRECT;
    return passOver ? OptionalInt.empty() : cache.latestVersion(key);
  }

  private static FunctionMetadata describe(
      LanguagePack pack, FunctionTask task, FunctionTaskBatch batch)
      throws SourceRejectedException {
    byte[] code = task.code().getBytes(UTF_8);
    return pack.describe(task, pack.scanFunction(task, code), batch.policy());
  }

  private static ScriptKey keyOf(
      LanguagePack pack, FunctionMetadata function, FunctionTaskBatch batch) {
    return ScriptKeys.keyOf(function, batch.policy(), pack.templates().lessonsVersion());
  }

  private ScriptRequest miss(
      LanguagePack pack, FunctionTaskBatch batch, ScriptKey key, List<FunctionMetadata> waiting)
      throws IOException {
    RunPolicy policy = batch.policy();
    MissReason reason = null;
    if (policy.method() == RunPolicy.Method.SCRIPTS) {
      reason =
          policy.forceRegenerate()
              ? MissReason.FORCED
              : explain(key, partsOf(pack, waiting.get(0), policy));
      cache.recordMiss(batch.run(), policy.execution(), key, reason, waiting.size());
    }
    return new ScriptRequest(
        batch.run(), batch.file(), policy, key, batch.imports(), waiting, null, reason);
  }

  /** For people only: nothing is to fail by it. */
  private MissReason explain(ScriptKey key, KeyParts parts) throws IOException {
    try {
      return cache.explainMiss(key, parts);
    } catch (CacheException e) {
      return MissReason.UNKNOWN;
    }
  }

  private static KeyParts partsOf(LanguagePack pack, FunctionMetadata function, RunPolicy policy) {
    return ScriptKeys.partsOf(function, policy, pack.templates().lessonsVersion());
  }
}
