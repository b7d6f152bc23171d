package io.telemetryinject.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.ScriptRequest.Rejection;
import io.telemetryinject.model.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of one shape, and requests for its script. */
final class Requests {
  static final PythonPack PACK = new PythonPack();
  static final LanguagePacks PACKS = new LanguagePacks(List.of(PACK));
  static final RunPolicy POLICY = new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false);
  static final RunPolicy REGENERATE = new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, true);
  static final FunctionMetadata ADD = function(0, "def add(a, b):\n    return a + b");
  static final FunctionMetadata SUB = function(40, "def sub(x, y):\n    return x - y");
  static final FunctionMetadata GREET = function(80, "def greet():\n    print('hello')");
  static final ScriptKey KEY = key(ADD);

  private Requests() {}

  static FunctionMetadata function(int start, String code) {
    FunctionTask task = new FunctionTask(start, 1, "f" + start, null, code);
    try {
      return PACK.describe(task, PACK.scanFunction(task, code.getBytes(UTF_8)), POLICY);
    } catch (SourceRejectedException e) {
      throw new AssertionError(e);
    }
  }

  static ScriptKey key(FunctionMetadata function) {
    return ScriptKeys.keyOf(function, POLICY, PACK.templates().lessonsVersion());
  }

  static RunId run(String name) {
    return new RunId(Sha256.of(name));
  }

  static ScriptRequest request(FunctionMetadata... waiting) {
    return request(run("a run"), POLICY, null, waiting);
  }

  static ScriptRequest request(
      RunId run, RunPolicy policy, @Nullable Rejection rejection, FunctionMetadata... waiting) {
    FileRef file = new FileRef("shop/a.py", Sha256.of("file"), Language.PYTHON);
    return new ScriptRequest(
        run, file, policy, key(waiting[0]), List.of(), List.of(waiting), rejection);
  }

  static GenerationOrder order(FunctionMetadata... functions) {
    return new GenerationOrder(
        run("a run"), key(functions[0]), 1, POLICY, List.of(functions), null);
  }
}
