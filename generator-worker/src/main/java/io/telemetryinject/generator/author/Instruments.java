package io.telemetryinject.generator.author;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import java.time.Clock;
import java.util.List;

/** What a writing needs beside its model. */
record Instruments(
    LanguagePack pack, DraftTrial trial, AttemptLog attempts, int healRounds, Clock clock) {

  /** Tests for an order that need no model; the names in them are as a model may see them. */
  String templateTests(GenerationOrder order) {
    return pack.templates().tests(order.key(), neutral(order.example()), clock.instant());
  }

  /**
   * What an order's tests are about: the shape, so that keys by signature share them; where words
   * ask for more, the key itself.
   */
  ScriptKey subjectOfTests(GenerationOrder order) {
    RunPolicy byShape = new RunPolicy(order.policy().exceptions(), KeyKind.SHAPE, false);
    return order.hasIntent()
        ? order.key()
        : ScriptKeys.keyOf(order.example(), byShape, pack.templates().lessonsVersion());
  }

  /** A script as a model may see it: one made for a signature names its function. */
  String shown(GenerationOrder order, String script) {
    FunctionMetadata function = order.example();
    String shown = script.replace(function.name(), pack.skeletonName(function.name()));
    for (Parameter parameter : function.parameters()) {
      shown = shown.replace(parameter.name(), pack.skeletonName(parameter.name()));
    }
    return shown;
  }

  /** A script for an order that is known to be right; for no model to see. */
  String rightScript(GenerationOrder order) {
    return pack.templates().script(order.key(), order.example(), clock.instant());
  }

  /** Names of the lessons that a model is given. */
  List<String> lessons() {
    return pack.templates().lessons();
  }

  private FunctionMetadata neutral(FunctionMetadata function) {
    FunctionTask task = function.task();
    return new FunctionMetadata(
        new FunctionTask(
            task.start(),
            task.line(),
            pack.skeletonName(task.qualifiedName()),
            task.classContext(),
            task.code()),
        pack.skeletonName(function.name()),
        function.parameters().stream()
            .map(p -> new Parameter(pack.skeletonName(p.name()), p.type()))
            .toList(),
        function.returnType(),
        function.language(),
        function.exceptions(),
        function.shape(),
        function.signatureHash());
  }
}
