package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import io.telemetryinject.sandbox.ScriptValidator.Candidate;
import io.telemetryinject.sandbox.ValidationReport;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Has an author write a script, validates it, and stores it with its receipt when it passes. */
public final class ValidatingGenerator implements ScriptGenerator {
  private final ScriptAuthor author;
  private final ScriptValidator validator;
  private final SampleTrial trial;
  private final ScriptCache cache;
  private final Clock clock;
  private final JsonMapper mapper = new JsonMapper();

  public ValidatingGenerator(
      ScriptAuthor author,
      ScriptValidator validator,
      ScriptSandbox sandbox,
      LanguagePacks packs,
      ScriptCache cache,
      Clock clock) {
    this.author = requireNonNull(author, "author is null");
    this.validator = requireNonNull(validator, "validator is null");
    this.trial = new SampleTrial(packs, sandbox);
    this.cache = requireNonNull(cache, "cache is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Generation generate(GenerationOrder order, int version) throws IOException {
    long started = System.nanoTime();
    if (!trial.hasSamples(order)) {
      // Whoever sent this cannot have a script stored that nothing was tried on.
      return new Generation.Exhausted("no function of the request has the key it was made for");
    }
    Draft draft = author.write(order);
    ValidationReport report = validate(order, draft);
    if (!report.passed()) {
      Step failed = report.steps().get(report.steps().size() - 1);
      return new Generation.Exhausted(
          "script by " + draft.author() + " failed " + failed.name() + ": " + failed.detail());
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    return new Generation.Stored(cache.create(entry(order, draft, report, millis), version));
  }

  @Override
  public boolean learnsFromComplaints() {
    return author.learnsFromComplaints();
  }

  private ValidationReport validate(GenerationOrder order, Draft draft) {
    ValidationReport report =
        validator.validate(
            new Candidate(draft.script(), draft.tests(), trial.calls(order, draft.script())));
    if (!report.passed()) {
      return report;
    }
    Optional<String> complaint = trial.complaint(order, draft.script());
    List<Step> steps = new ArrayList<>(report.steps());
    steps.add(new Step("verifier", complaint.isEmpty(), complaint.orElse("")));
    return new ValidationReport(
        steps,
        report.testsPassed(),
        report.testsFailed(),
        report.lintScore(),
        report.durationMillis());
  }

  private NewScript entry(
      GenerationOrder order, Draft draft, ValidationReport report, long millis) {
    return new NewScript(
        order.key(),
        order.key().slug(),
        draft.script(),
        draft.tests(),
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report),
        draft.author(),
        draft.lessons(),
        clock.instant(),
        report.testsPassed(),
        report.testsFailed(),
        report.durationMillis(),
        millis);
  }
}
