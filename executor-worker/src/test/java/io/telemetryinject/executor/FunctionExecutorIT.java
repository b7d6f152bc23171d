package io.telemetryinject.executor;

import static io.telemetryinject.executor.ExecutorFixture.ADD;
import static io.telemetryinject.executor.ExecutorFixture.PACK;
import static io.telemetryinject.executor.ExecutorFixture.batch;
import static io.telemetryinject.executor.ExecutorFixture.execution;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.ScriptAnswer;
import io.telemetryinject.sandbox.ScriptCall;
import io.telemetryinject.sandbox.ScriptSandbox.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionExecutorIT {
  private static final String POISON = "ast.parse = None; return 1 / 0";

  private static ProcessSandbox sandbox;

  @TempDir private Path directory;
  private ExecutorFixture fixture;
  private FunctionExecutor executor;

  @BeforeAll
  static void startWorker() {
    sandbox = ExecutorFixture.sandbox();
  }

  @AfterAll
  static void stopWorker() {
    sandbox.close();
  }

  @BeforeEach
  void openCache() throws IOException {
    fixture = new ExecutorFixture(directory);
    executor = fixture.executor(sandbox);
  }

  @Test
  void appliesAScriptToFunctionsOfSeveralFilesInOneCall() throws Exception {
    ScriptKey script = fixture.template();

    ExecutionResult result =
        executor.executeAll(
            List.of(
                batch(execution(0, ADD, script, 0), execution(40, ADD, script, 0)),
                batch(execution(7, "def other(x):\n    return -x", script, 0))));

    assertThat(result.sentBack()).isEmpty();
    assertThat(result.outcomes()).hasSize(2);
    assertThat(outcomes(result))
        .extracting(FunctionOutcome::start)
        .containsExactlyInAnyOrder(0, 40, 7);
    assertThat(outcomes(result)).allMatch(FunctionOutcome::cached);
    for (FunctionOutcome outcome : outcomes(result)) {
      String code = outcome.start() == 7 ? "def other(x):\n    return -x" : ADD;
      assertThat(instrumentation(code, outcome)).isEqualTo(Instrumentation.COMPLETE);
    }
  }

  @Test
  void letsScriptsRecordParametersWhereTheRunHasAnIntent() throws Exception {
    RunPolicy intent = ExecutorFixture.POLICY.withIntent("record the first summand");
    ScriptKey good = fixture.recording("summand");
    ScriptKey secret = fixture.recording("password");

    List<FunctionOutcome> recorded =
        outcomes(executor.executeAll(List.of(batch(intent, execution(0, ADD, good, 1)))));
    List<FunctionOutcome> unasked =
        outcomes(executor.executeAll(List.of(batch(execution(0, ADD, good, 1)))));
    List<FunctionOutcome> denied =
        outcomes(executor.executeAll(List.of(batch(intent, execution(0, ADD, secret, 1)))));

    assertThat(((Outcome.Applied) recorded.get(0).outcome()).insertions().get(0).text())
        .contains("\n    _tel.attr(_tel_func, 'summand', a)\n    try:\n");
    assertThat(instrumentation(ADD, recorded.get(0))).isEqualTo(Instrumentation.COMPLETE);
    assertThat(((Outcome.Rejected) unasked.get(0).outcome()).reason())
        .isEqualTo(RejectReason.PRESERVATION);
    assertThat(((Outcome.Rejected) denied.get(0).outcome()).reason())
        .isEqualTo(RejectReason.PRIVACY);
  }

  /** What one script must not record another may leave out. */
  @Test
  void sendsAFunctionBackWhoseScriptWouldRecordASecret() throws Exception {
    RunPolicy intent = ExecutorFixture.POLICY.withIntent("record the password");
    ScriptKey secret = fixture.recording("password");

    ExecutionResult first =
        executor.executeAll(List.of(batch(intent, execution(0, ADD, secret, 0))));

    assertThat(first.outcomes()).isEmpty();
    assertThat(first.sentBack())
        .extracting(back -> back.rejection().detail())
        .singleElement()
        .asString()
        .startsWith("PRIVACY: ");
  }

  /** Each first goes to the generator, and at its second try the verdict stands. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return 'rubbish' | SCRIPT",
        "return [(0, 1, 2)] | SCRIPT",
        "return [('x', 'y')] | SCRIPT",
        "return None | SCRIPT",
        "raise ValueError('no') | SCRIPT",
        "raise SystemExit(0) | SCRIPT",
        "while True: pass | DEADLINE",
        "return [(0, 'import os; os.system(1)')] | PRESERVATION",
        "return [(-1, 'x')] | SCRIPT",
        "return [(10 ** 6, '#')] | PRESERVATION",
        "return [] | COVERAGE",
      })
  void sendsAFunctionBackOnceWhenItsScriptWillNotDo(String body, String reason) throws Exception {
    ScriptKey script = fixture.script(body);

    ExecutionResult first = executor.executeAll(List.of(batch(execution(3, ADD, script, 0))));
    ExecutionResult second = executor.executeAll(List.of(batch(execution(3, ADD, script, 1))));

    assertThat(first.outcomes()).isEmpty();
    assertThat(first.sentBack()).hasSize(1);
    ScriptRequest back = first.sentBack().get(0);
    assertThat(back.key()).isEqualTo(script);
    assertThat(back.waiting()).extracting(f -> f.task().start()).containsExactly(3);
    assertThat(back.rejection()).isNotNull();
    assertThat(back.rejection().version()).isEqualTo(1);
    assertThat(back.rejection().detail()).startsWith(reason + ": ");
    assertThat(second.sentBack()).isEmpty();
    assertThat(outcomes(second)).extracting(o -> reason(o.outcome())).containsExactly(reason);
  }

  @Test
  void appliesTheSiblingsOfAScriptThatPoisonsItsProcess() throws Exception {
    ScriptKey script = fixture.template();
    ScriptKey poison = fixture.script(POISON);

    ExecutionResult result =
        executor.executeAll(
            List.of(
                batch(
                    execution(0, ADD, poison, 0),
                    execution(40, ADD, script, 0),
                    execution(80, ADD, script, 0))));

    assertThat(outcomes(result)).extracting(FunctionOutcome::start).containsExactly(40, 80);
    assertThat(outcomes(result)).allMatch(o -> o.outcome() instanceof Outcome.Applied);
    assertThat(result.sentBack()).extracting(ScriptRequest::key).containsExactly(poison);
  }

  /** The control of the test above: without a second look the siblings would be lost. */
  @Test
  void aPoisonedProcessAnswersBadlyForItsSiblings() throws Exception {
    ScriptCall poison = call(fixture.script(POISON));
    ScriptCall sibling = call(fixture.template());

    List<ScriptAnswer> together = sandbox.run(List.of(poison, sibling), Isolation.BATCH);
    List<ScriptAnswer> apart = sandbox.run(List.of(poison, sibling), Isolation.CALL);

    assertThat(together.get(1)).isInstanceOf(ScriptAnswer.Broken.class);
    assertThat(apart.get(1)).isInstanceOf(ScriptAnswer.Answered.class);
  }

  @Test
  void asksForAScriptThatIsNotInTheCacheAnyMore() throws Exception {
    ScriptKey gone = fixture.template();
    fixture.cache.quarantine(gone, 1, "a test says so");

    assertCacheFails(gone);
  }

  @Test
  void neverRunsAScriptThatWasTamperedWith() throws Exception {
    ScriptKey script = fixture.template();
    Path file = directory.resolve("cache/scripts/python").resolve(script.baseName() + ".py");
    Files.writeString(file, Files.readString(file) + "# tampered with\n");

    assertCacheFails(script);
    assertThat(fixture.cache.latestVersion(script)).isEmpty();
  }

  private void assertCacheFails(ScriptKey script) throws IOException {
    ExecutionResult first = executor.executeAll(List.of(batch(execution(0, ADD, script, 0))));
    ExecutionResult second = executor.executeAll(List.of(batch(execution(0, ADD, script, 1))));

    assertThat(first.outcomes()).isEmpty();
    assertThat(first.sentBack().get(0).rejection().detail()).startsWith("CACHE: ");
    assertThat(outcomes(second))
        .extracting(o -> ((Outcome.Failed) o.outcome()).code())
        .containsExactly(ErrorCode.CACHE);
  }

  /** The scanner reads tokens, so only the interpreter sees that these are no functions. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'def f(a):\n    b = = a\n    return b'",
        "'    def f(self):\n        return 1 +'",
        "'def f(a):\n    return a b c'",
        "'x = 1'",
        "'def f(:\n    return 1'",
      })
  void rejectsWhatIsNoPythonWithoutAskingForAnotherScript(String code) throws Exception {
    ScriptKey script = fixture.template();

    ExecutionResult result =
        executor.executeAll(
            List.of(batch(execution(0, code, script, 0), execution(90, ADD, script, 0))));

    assertThat(result.sentBack()).isEmpty();
    assertThat(outcomes(result))
        .extracting(o -> reason(o.outcome()))
        .containsExactly(RejectReason.PARSE.name(), "applied");
  }

  @Test
  void settlesEveryExecutionExactlyOnce() throws Exception {
    ScriptKey good = fixture.template();
    ScriptKey bad = fixture.script("raise ValueError('no')");
    List<FunctionExecution> executions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      executions.add(execution(100 * i, ADD, i % 3 == 0 ? bad : good, i % 2));
    }

    ExecutionResult result =
        executor.executeAll(List.of(batch(executions.toArray(FunctionExecution[]::new))));

    List<Integer> settled = new ArrayList<>();
    outcomes(result).forEach(o -> settled.add(o.start()));
    result.sentBack().forEach(r -> r.waiting().forEach(f -> settled.add(f.task().start())));
    assertThat(settled)
        .containsExactlyInAnyOrderElementsOf(
            executions.stream().map(e -> e.metadata().task().start()).toList());
  }

  @Test
  void doesNothingForAnEmptyPoll() throws Exception {
    ExecutionResult result = executor.executeAll(List.of());

    assertThat(result.outcomes()).isEmpty();
    assertThat(result.sentBack()).isEmpty();
  }

  private ScriptCall call(ScriptKey key) throws IOException {
    CachedScript script = fixture.cache.read(key, 1).orElseThrow();
    return new ScriptCall(
        script.script(),
        script.digest(),
        ADD,
        "add",
        List.of("a", "b"),
        ExecutorFixture.POLICY.exceptions());
  }

  private static Instrumentation instrumentation(String code, FunctionOutcome outcome)
      throws Exception {
    assertThat(outcome.outcome()).isInstanceOf(Outcome.Applied.class);
    byte[] after =
        Insertions.apply(code.getBytes(UTF_8), ((Outcome.Applied) outcome.outcome()).insertions());
    String name = "f" + outcome.start();
    FunctionTask task = new FunctionTask(0, 1, name, null, new String(after, UTF_8));
    return PACK.scanFunction(task, after).instrumentation();
  }

  private static List<FunctionOutcome> outcomes(ExecutionResult result) {
    return result.outcomes().stream().flatMap(batch -> batch.outcomes().stream()).toList();
  }

  private static String reason(Outcome outcome) {
    return outcome.fold(
        new Outcome.Fold<>(
            applied -> "applied",
            unchanged -> "unchanged",
            skipped -> skipped.reason().name(),
            rejected -> rejected.reason().name(),
            failed -> failed.code().name()));
  }
}
