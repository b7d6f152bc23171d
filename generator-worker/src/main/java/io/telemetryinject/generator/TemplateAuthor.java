package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScriptTemplates;
import java.time.Clock;

/** The author that needs no model: fills the language pack's templates. */
public final class TemplateAuthor implements ScriptAuthor {
  private static final String NAME = "template";

  private final LanguagePacks packs;
  private final Clock clock;

  public TemplateAuthor(LanguagePacks packs, Clock clock) {
    this.packs = requireNonNull(packs, "packs is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Draft write(GenerationOrder order) {
    ScriptTemplates templates = packs.of(order.key().language()).templates();
    String tests = templates.tests(order.key(), order.example(), clock.instant());
    String script = templates.script(order.key(), order.example(), clock.instant());
    return new Draft(tests, script, NAME, templates.lessons());
  }

  @Override
  public boolean learnsFromComplaints() {
    return false;
  }
}
