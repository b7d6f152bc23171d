package io.telemetryinject.generator.author;

import io.telemetryinject.language.ScriptTemplates;
import java.time.Clock;

/** What a writing needs beside its model. */
record Instruments(
    ScriptTemplates templates, DraftTrial trial, AttemptLog attempts, int healRounds, Clock clock) {

  /** Tests for an order that need no model. */
  String templateTests(GenerationOrder order) {
    return templates.tests(order.key(), order.example(), clock.instant());
  }

  /** A script for an order that is known to be right. */
  String rightScript(GenerationOrder order) {
    return templates.script(order.key(), order.example(), clock.instant());
  }
}
