package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.model.Effort;
import io.telemetryinject.sandbox.ValidationReport;
import java.time.Clock;

/** The author that needs no model: fills the language pack's templates. */
public final class TemplateAuthor implements ScriptAuthor {
  private static final String NAME = "template";

  private final LanguagePacks packs;
  private final DraftTrial trial;
  private final Clock clock;

  public TemplateAuthor(LanguagePacks packs, DraftTrial trial, Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.trial = requireNonNull(trial, "trial is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Manuscript write(GenerationOrder order) {
    ScriptTemplates templates = packs.of(order.key().language()).templates();
    String tests = templates.tests(order.key(), order.example(), clock.instant());
    String script = templates.script(order.key(), order.example(), clock.instant());
    Draft draft = new Draft(tests, script, NAME, templates.lessons());
    ValidationReport report = trial.judge(order, draft);
    return report.passed()
        ? new Manuscript.Sound(draft, report, Effort.none())
        : new Manuscript.Abandoned(DraftTrial.verdict(draft, report), true, Effort.none());
  }

  @Override
  public boolean isModel() {
    return false;
  }
}
