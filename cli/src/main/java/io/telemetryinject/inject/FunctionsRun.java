package io.telemetryinject.inject;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.analyzer.Analysis;
import io.telemetryinject.executor.ExecutionResult;
import io.telemetryinject.generator.RequestResult;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Takes functions that belong to no file through the stages; a function's index is its identity.
 */
final class FunctionsRun {
  private final Engine engine;
  private final RunPolicy policy;
  private final List<SourceFunction> functions;
  private final Outcome[] outcomes;
  private final boolean[] cached;

  FunctionsRun(Engine engine, RunPolicy policy, List<SourceFunction> functions) {
    this.engine = engine;
    this.policy = policy;
    this.functions = functions;
    this.outcomes = new Outcome[functions.size()];
    this.cached = new boolean[functions.size()];
  }

  List<InstrumentedFunction> run() throws IOException {
    Map<Language, List<FunctionTask>> tasks = new HashMap<>();
    for (int i = 0; i < functions.size(); i++) {
      SourceFunction function = functions.get(i);
      FunctionTask task = new FunctionTask(i, 1, function.qualifiedName(), null, function.code());
      Optional<Outcome> settled = settled(engine.packs().of(function.language()), task);
      if (settled.isPresent()) {
        outcomes[i] = settled.get();
      } else {
        tasks.computeIfAbsent(function.language(), l -> new ArrayList<>()).add(task);
      }
    }
    for (Map.Entry<Language, List<FunctionTask>> entry : tasks.entrySet()) {
      String digest = Sha256.of(entry.getValue().toString());
      FileRef file = new FileRef("functions", digest, entry.getKey());
      RunId run = new RunId(Sha256.of(digest + System.nanoTime()));
      run(new FunctionTaskBatch(run, file, policy, List.of(), entry.getValue()));
    }
    return results();
  }

  private static Optional<Outcome> settled(LanguagePack pack, FunctionTask task) {
    try {
      ScannedFunction scanned = pack.scanFunction(task, task.code().getBytes(UTF_8));
      if (scanned.skip() != null) {
        return Optional.of(new Outcome.Skipped(scanned.skip()));
      }
      if (scanned.instrumentation() == Instrumentation.COMPLETE) {
        return Optional.of(new Outcome.Unchanged());
      }
      return scanned.instrumentation() == Instrumentation.NONE
          ? Optional.empty()
          : Optional.of(new Outcome.Rejected(RejectReason.PARTIAL, "instrumented in part"));
    } catch (SourceRejectedException e) {
      return Optional.of(new Outcome.Rejected(e.reason(), e.detail()));
    }
  }

  private void run(FunctionTaskBatch batch) throws IOException {
    Analysis analysis = engine.analyzer().analyze(batch);
    analysis.refused().ifPresent(this::collect);
    List<ExecutionBatch> executions = new ArrayList<>();
    analysis.hits().ifPresent(executions::add);
    List<ScriptRequest> requests = analysis.misses();
    while (!executions.isEmpty() || !requests.isEmpty()) {
      executions.addAll(generate(requests));
      ExecutionResult result = engine.executor().executeAll(executions);
      result.outcomes().forEach(this::collect);
      requests = result.sentBack();
      executions = new ArrayList<>();
    }
  }

  private List<ExecutionBatch> generate(List<ScriptRequest> requests) throws IOException {
    List<ExecutionBatch> executions = new ArrayList<>();
    for (var future : requests.stream().map(engine.requests()::submit).toList()) {
      try {
        RequestResult result = future.join();
        result
            .<Optional<ExecutionBatch>>fold(
                forwarded -> Optional.of(forwarded.executions()),
                refused -> {
                  collect(refused.outcomes());
                  return Optional.empty();
                })
            .ifPresent(executions::add);
      } catch (CompletionException e) {
        throw e.getCause() instanceof IOException failure
            ? failure
            : new IOException("script generation failed", e);
      }
    }
    return executions;
  }

  private void collect(OutcomeBatch batch) {
    batch
        .outcomes()
        .forEach(
            outcome -> {
              outcomes[outcome.start()] = outcome.outcome();
              cached[outcome.start()] = outcome.cached();
            });
  }

  private List<InstrumentedFunction> results() {
    List<InstrumentedFunction> results = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      Outcome outcome =
          outcomes[i] == null
              ? new Outcome.Failed(ErrorCode.LOST, "no outcome came back")
              : outcomes[i];
      String code = functions.get(i).code();
      if (outcome instanceof Outcome.Applied applied) {
        code = new String(Insertions.apply(code.getBytes(UTF_8), applied.insertions()), UTF_8);
      }
      results.add(new InstrumentedFunction(functions.get(i), code, outcome, cached[i]));
    }
    return results;
  }
}
