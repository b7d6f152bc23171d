package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import io.telemetryinject.sandbox.ScriptValidator.Candidate;
import io.telemetryinject.sandbox.ValidationReport;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole validation of a draft: everything the sandbox can say, and then the verifier. */
public final class DraftTrial {
  private final ScriptValidator validator;
  private final SampleTrial samples;

  public DraftTrial(ScriptValidator validator, ScriptSandbox sandbox, LanguagePacks packs) {
    this.validator = requireNonNull(validator, "validator is null");
    this.samples = new SampleTrial(packs, sandbox);
  }

  /** Whether there is a function of the order's key to try a script on. */
  public boolean hasSamples(GenerationOrder order) {
    return samples.hasSamples(order);
  }

  /** Which scripts may fit, by one sample; cheap for many scripts. */
  public List<Boolean> promising(GenerationOrder order, List<String> scripts) {
    return samples.promising(order, scripts);
  }

  /** Whether a script does right by the order's samples; cheap, and only a first look. */
  public boolean fits(GenerationOrder order, String script) {
    return samples.complaint(order, script).isEmpty();
  }

  /** What is wrong with what a script does to the order's samples, in words for a model. */
  Optional<String> complaint(GenerationOrder order, String script) {
    return samples.complaint(order, script);
  }

  /** Validates a draft; the report's last step is the one that failed, if one did. */
  public ValidationReport judge(GenerationOrder order, Draft draft) {
    ValidationReport report =
        validator.validate(
            new Candidate(
                draft.script(),
                draft.tests(),
                samples.calls(order, draft.script()),
                samples.showable(order)));
    if (!report.passed()) {
      return report;
    }
    Optional<String> complaint = samples.complaint(order, draft.script());
    List<Step> steps = new ArrayList<>(report.steps());
    steps.add(new Step("verifier", complaint.isEmpty(), complaint.orElse("")));
    return new ValidationReport(
        steps,
        report.testsPassed(),
        report.testsFailed(),
        report.lintScore(),
        report.durationMillis());
  }

  /** Judges tests alone, by a script that is known to be right. */
  ValidationReport weigh(String tests, String rightScript) {
    return validator.weigh(tests, rightScript);
  }

  /** Why a draft was refused, in a sentence. */
  public static String verdict(Draft draft, ValidationReport report) {
    Step failed = failedStep(report);
    return "script by " + draft.author() + " failed " + failed.name() + ": " + failed.detail();
  }

  static Step failedStep(ValidationReport report) {
    return report.steps().get(report.steps().size() - 1);
  }
}
