package io.telemetryinject.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionAnalyzerTest {
  private static final String ADD = "def add(a, b):\n    return a + b";
  private static final String SUB = "def sub(x, y):\n    return x - y";
  private static final String GREET = "async def greet():\n    print('hello')";
  private static final String NO_FUNCTION = "def broken(:\n    return 'unclosed";

  private final LookUps cache = new LookUps();
  private final FunctionAnalyzer analyzer =
      new FunctionAnalyzer(new LanguagePacks(List.of(new PythonPack())), cache);

  @Test
  void asksForOneScriptPerKeyWhateverFunctionsWaitForIt() throws IOException {
    Analysis analysis = analyzer.analyze(batch(KeyKind.SHAPE, false, ADD, GREET, SUB));

    assertThat(analysis.hits()).isEmpty();
    assertThat(analysis.misses()).extracting(r -> starts(r.waiting())).containsExactly("0 2", "1");
    assertThat(cache.misses).isEqualTo(3);
    assertThat(analysis.misses())
        .extracting(ScriptRequest::miss)
        .containsOnly(MissReason.LESSONS_CHANGED);
  }

  @Test
  void asksPerSignatureWhenThatIsTheKey() throws IOException {
    Analysis analysis = analyzer.analyze(batch(KeyKind.SIGNATURE, false, ADD, GREET, SUB));

    assertThat(analysis.misses()).hasSize(3);
  }

  @Test
  void sendsFunctionsWhoseScriptIsCachedToExecution() throws IOException {
    cache.versions.put(keyOf(ADD), 3);

    Analysis analysis = analyzer.analyze(batch(KeyKind.SHAPE, false, ADD, GREET, SUB));

    assertThat(analysis.hits().orElseThrow().executions())
        .extracting(FunctionExecution::version, FunctionExecution::attempt)
        .containsOnly(tuple(3, 0))
        .hasSize(2);
    assertThat(analysis.hits().orElseThrow().executions()).allMatch(FunctionExecution::cached);
    assertThat(analysis.misses()).extracting(r -> starts(r.waiting())).containsExactly("1");
    assertThat(cache.hits).isEqualTo(2);
    assertThat(cache.misses).isEqualTo(1);
  }

  @Test
  void passesOverTheCacheWhenScriptsAreToBeRegenerated() throws IOException {
    cache.versions.put(keyOf(ADD), 3);

    Analysis analysis = analyzer.analyze(batch(KeyKind.SHAPE, true, ADD));

    assertThat(analysis.hits()).isEmpty();
    assertThat(analysis.misses()).hasSize(1);
  }

  @Test
  void refusesWhatIsNoFunctionAndDescribesItsSiblings() throws IOException {
    Analysis analysis = analyzer.analyze(batch(KeyKind.SHAPE, false, ADD, NO_FUNCTION, SUB));

    List<FunctionOutcome> refused = analysis.refused().orElseThrow().outcomes();
    assertThat(refused).extracting(FunctionOutcome::start).containsExactly(1);
    assertThat(refused.get(0).outcome())
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, r -> assertThat(r.reason()).isEqualTo(RejectReason.PARSE));
    assertThat(analysis.misses()).extracting(r -> starts(r.waiting())).containsExactly("0 2");
  }

  @Test
  void accountsForEveryTaskExactlyOnce() throws IOException {
    cache.versions.put(keyOf(ADD), 1);
    FunctionTaskBatch batch =
        batch(KeyKind.SHAPE, false, ADD, NO_FUNCTION, GREET, SUB, "", "x = 1", ADD, GREET);

    Analysis analysis = analyzer.analyze(batch);

    List<Integer> seen = new ArrayList<>();
    analysis
        .hits()
        .ifPresent(h -> h.executions().forEach(e -> seen.add(e.metadata().task().start())));
    analysis.misses().forEach(r -> r.waiting().forEach(f -> seen.add(f.task().start())));
    analysis.refused().ifPresent(r -> r.outcomes().forEach(o -> seen.add(o.start())));
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            batch.tasks().stream().map(FunctionTask::start).toList());
  }

  @Test
  void decidesNothingWhenTheCacheCannotBeAsked() {
    cache.broken = true;

    assertThatThrownBy(() -> analyzer.analyze(batch(KeyKind.SHAPE, false, ADD)))
        .isInstanceOf(IOException.class);
  }

  private ScriptKey keyOf(String code) throws IOException {
    LookUps empty = new LookUps();
    ScriptRequest miss =
        new FunctionAnalyzer(new LanguagePacks(List.of(new PythonPack())), empty)
            .analyze(batch(KeyKind.SHAPE, false, code))
            .misses()
            .get(0);
    return miss.key();
  }

  private static String starts(List<FunctionMetadata> functions) {
    return String.join(
        " ", functions.stream().map(f -> Integer.toString(f.task().start())).toList());
  }

  /** Tasks that start at 0, 1, 2 …: here a start is no more than an identity. */
  private static FunctionTaskBatch batch(KeyKind kind, boolean regenerate, String... codes) {
    List<FunctionTask> tasks = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      tasks.add(new FunctionTask(i, i + 1, "f" + i, null, codes[i]));
    }
    return new FunctionTaskBatch(
        new RunId(Sha256.of("run")),
        new FileRef("shop/a.py", Sha256.of("file"), Language.PYTHON),
        new RunPolicy(ExceptionPolicy.CAPTURE, kind, regenerate),
        List.of(),
        tasks);
  }
}
