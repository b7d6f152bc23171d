package io.telemetryinject.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.model.Shape;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A signed cache, scripts good and bad in it, and executions of them. */
final class ExecutorFixture {
  static final PythonPack PACK = new PythonPack();
  static final RunPolicy POLICY = new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false);
  static final String ADD = "def add(a, b):\n    return a + b";

  final StoredScriptCache cache;
  private int scripts;

  ExecutorFixture(Path directory) throws IOException {
    SigningKeys keys = SigningKeys.openOrCreate(directory.resolve("key").resolve("signing-key"));
    cache =
        StoredScriptCache.writing(
            new FileObjectStore(directory.resolve("cache")),
            keys.verifier(),
            keys.signer(),
            QuarantineListener.logging());
  }

  static ProcessSandbox sandbox() {
    String python = System.getProperty("telemetry.inject.python", "python3");
    return new ProcessSandbox(
        SandboxSettings.strict(python, 1).withDeadline(Duration.ofMillis(800)));
  }

  FunctionExecutor executor(ProcessSandbox sandbox) {
    return new FunctionExecutor(new LanguagePacks(List.of(PACK)), cache, sandbox);
  }

  /** The template's script for functions like {@link #ADD}, as a generator would store it. */
  ScriptKey template() throws IOException {
    FunctionMetadata example = metadata(0, ADD);
    ScriptKey key = ScriptKeys.keyOf(example, POLICY, PACK.templates().lessonsVersion());
    return store(key, PACK.templates().script(key, example, Instant.EPOCH));
  }

  /**
   * The same, which also records parameter {@code a} under a name, as only a model's script may.
   */
  ScriptKey recording(String name) throws IOException {
    FunctionMetadata example = metadata(0, ADD);
    RunPolicy policy = POLICY.withIntent(name);
    ScriptKey key = ScriptKeys.keyOf(example, policy, PACK.templates().lessonsVersion());
    String template = PACK.templates().script(key, example, Instant.EPOCH);
    int tryLine = template.indexOf("    if step:\n        head +=");
    String attribute =
        "    head += f\"{indent}_tel.attr(_tel_func, '" + name + "', a){newline}\"\n";
    return store(key, template.substring(0, tryLine) + attribute + template.substring(tryLine));
  }

  /** A script that validation would never have let through, signed all the same. */
  ScriptKey script(String body) throws IOException {
    String name = "bad" + scripts++;
    ScriptKey key = new ScriptKey(Language.PYTHON, KeyKind.SHAPE, name, Sha256.of(name));
    return store(key, "import ast\n\n\ndef insertions(source_code, context):\n    " + body + "\n");
  }

  private ScriptKey store(ScriptKey key, String script) throws IOException {
    cache.create(
        new NewScript(
            key,
            new KeyParts(1, key.kind(), key.digest(), key.digest(), key.digest()),
            key.slug(),
            script,
            "",
            "{}",
            "template",
            List.of(),
            Instant.EPOCH,
            1,
            0,
            1,
            new NewScript.Cost(1, 0, 0)),
        1);
    return key;
  }

  static FunctionMetadata metadata(int start, String code) {
    FunctionTask task = new FunctionTask(start, 1, "f" + start, null, code);
    try {
      return PACK.describe(task, PACK.scanFunction(task, code.getBytes(UTF_8)), POLICY);
    } catch (SourceRejectedException e) {
      return forged(task);
    }
  }

  /** What only a forged record can hold: a description of something that is no function. */
  private static FunctionMetadata forged(FunctionTask task) {
    return new FunctionMetadata(
        task,
        "f",
        List.of(new Parameter("a", null)),
        null,
        Language.PYTHON,
        ExceptionPolicy.CAPTURE,
        new Shape(Language.PYTHON, List.of("function")),
        Sha256.of("f"));
  }

  static FunctionExecution execution(int start, String code, ScriptKey script, int attempt) {
    return new FunctionExecution(metadata(start, code), script, 1, attempt, true);
  }

  static ExecutionBatch batch(FunctionExecution... executions) {
    return batch(POLICY, executions);
  }

  static ExecutionBatch batch(RunPolicy policy, FunctionExecution... executions) {
    return new ExecutionBatch(
        new RunId(Sha256.of("run")),
        new FileRef("shop/a.py", Sha256.of("file"), Language.PYTHON),
        policy,
        List.of(executions),
        Effort.none());
  }
}
