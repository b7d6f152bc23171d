package io.telemetryinject.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.AuditedScript;
import io.telemetryinject.generator.author.Draft;
import io.telemetryinject.generator.author.DraftTrial;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import io.telemetryinject.sandbox.ScriptValidator.Candidate;
import io.telemetryinject.sandbox.ValidationReport;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries cached scripts again as when they were new: their tests, lint and mutants, and where the
 * language has corner cases of the key, the verifier on what the script does to these.
 */
public final class Revalidation {
  private static final RunId RUN = new RunId(Sha256.of("revalidation"));

  private final LanguagePacks packs;
  private final ScriptValidator validator;
  private final DraftTrial trial;

  public Revalidation(LanguagePacks packs, ScriptValidator validator, ScriptSandbox sandbox) {
    this.packs = requireNonNull(packs, "packs is null");
    this.validator = requireNonNull(validator, "validator is null");
    this.trial = new DraftTrial(validator, sandbox, packs);
  }

  /** What is wrong with a script, if anything is. */
  public Optional<String> complaint(AuditedScript script) {
    ValidationReport report =
        order(script)
            .map(order -> trial.judge(order, draft(script)))
            .orElseGet(
                () ->
                    validator.validate(new Candidate(script.script(), script.tests(), List.of())));
    if (report.passed()) {
      return Optional.empty();
    }
    Step failed = report.steps().get(report.steps().size() - 1);
    return Optional.of("failed " + failed.name() + ": " + failed.detail());
  }

  private static Draft draft(AuditedScript script) {
    return new Draft(script.tests(), script.script(), script.author(), script.lessons());
  }

  /** Corner cases of the script's key under the policy that it was made for. */
  private Optional<GenerationOrder> order(AuditedScript script) {
    LanguagePack pack = packs.of(script.key().language());
    for (ExceptionPolicy exceptions : ExceptionPolicy.values()) {
      RunPolicy policy = new RunPolicy(exceptions, script.key().kind(), false);
      List<FunctionMetadata> functions = new ArrayList<>();
      for (String code : pack.templates().cornerCases()) {
        function(pack, code, policy)
            .filter(f -> keyOf(pack, f, policy).equals(script.key()))
            .ifPresent(functions::add);
      }
      if (!functions.isEmpty()) {
        return Optional.of(
            new GenerationOrder(RUN, script.key(), script.version(), policy, functions, null));
      }
    }
    return Optional.empty();
  }

  private static ScriptKey keyOf(LanguagePack pack, FunctionMetadata function, RunPolicy policy) {
    return ScriptKeys.keyOf(function, policy, pack.templates().lessonsVersion());
  }

  private static Optional<FunctionMetadata> function(
      LanguagePack pack, String code, RunPolicy policy) {
    FunctionTask task = new FunctionTask(0, 1, "corner", null, code);
    try {
      var scanned = pack.scanFunction(task, code.getBytes(UTF_8));
      return scanned.skip() == null
          ? Optional.of(pack.describe(task, scanned, policy))
          : Optional.empty();
    } catch (SourceRejectedException e) {
      return Optional.empty();
    }
  }
}
