package io.telemetryinject.generator.author;

import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import java.time.Clock;

/** What a writing needs beside its model. */
record Instruments(
    ScriptTemplates templates, DraftTrial trial, AttemptLog attempts, int healRounds, Clock clock) {

  /** Tests for an order that need no model. */
  String templateTests(GenerationOrder order) {
    return templates.tests(order.key(), order.example(), clock.instant());
  }

  /**
   * What an order's tests are about: the shape, so that keys by signature share them; where words
   * ask for more, the key itself.
   */
  ScriptKey subjectOfTests(GenerationOrder order) {
    RunPolicy byShape = new RunPolicy(order.policy().exceptions(), KeyKind.SHAPE, false);
    return order.hasIntent()
        ? order.key()
        : ScriptKeys.keyOf(order.example(), byShape, templates.lessonsVersion());
  }

  /** A script for an order that is known to be right. */
  String rightScript(GenerationOrder order) {
    return templates.script(order.key(), order.example(), clock.instant());
  }
}
