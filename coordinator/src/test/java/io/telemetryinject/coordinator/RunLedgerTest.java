package io.telemetryinject.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.assemble.CompletedFile;
import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.coordinator.split.PlannedFile;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunLedgerTest {
  private static final RunId RUN = new RunId(Sha256.of("run"));
  private static final FileRef FILE = new FileRef("a.py", Sha256.of("a"), Language.PYTHON);

  private final RunLedger ledger = new RunLedger(RUN);

  @Test
  void completesAFileWithItsLastOutcome() {
    ledger.expect(planned(FILE, 0, 10, 20));

    RunLedger.Progress first = ledger.accept(outcomes(RUN, FILE, 20, 0));

    assertThat(first.decided()).isEqualTo(2);
    assertThat(first.completed()).isEmpty();
    assertThat(ledger.isOpen(FILE)).isTrue();
    RunLedger.Progress last = ledger.accept(outcomes(RUN, FILE, 10));

    assertThat(last.decided()).isEqualTo(1);
    assertThat(last.completed().orElseThrow().outcomes()).containsOnlyKeys(0, 10, 20);
    assertThat(ledger.isOpen(FILE)).isFalse();
  }

  @Test
  void countsAnOutcomeOnceAndTheFirstOnly() {
    ledger.expect(planned(FILE, 0, 10));
    ledger.accept(outcomes(RUN, FILE, 0));

    RunLedger.Progress again = ledger.accept(batch(RUN, FILE, new Outcome.Unchanged(), 0));
    CompletedFile completed = ledger.accept(outcomes(RUN, FILE, 10, 10)).completed().orElseThrow();

    assertThat(again.decided()).isZero();
    assertThat(completed.outcomes().get(0)).isEqualTo(outcome(0));
    assertThat(ledger.accept(outcomes(RUN, FILE, 0, 10))).isEqualTo(RunLedger.Progress.NONE);
    assertThat(ledger.cacheHits()).isEqualTo(2);
    assertThat(ledger.effort().executionMicros()).isEqualTo(2);
  }

  @Test
  void passesOverWhatBelongsToOthers() {
    ledger.expect(planned(FILE, 0));
    RunId otherRun = new RunId(Sha256.of("another run"));
    FileRef otherDigest = new FileRef("a.py", Sha256.of("edited"), Language.PYTHON);
    FileRef otherFile = new FileRef("b.py", FILE.digest(), Language.PYTHON);

    Stream.of(
            outcomes(otherRun, FILE, 0),
            outcomes(RUN, otherDigest, 0),
            outcomes(RUN, otherFile, 0),
            outcomes(RUN, FILE, 7),
            outcomes(RUN, FILE))
        .forEach(batch -> assertThat(ledger.accept(batch)).isEqualTo(RunLedger.Progress.NONE));

    assertThat(ledger.isOpen(FILE)).isTrue();
    assertThat(ledger.accept(outcomes(RUN, FILE, 0)).completed()).isPresent();
  }

  @Test
  void comesToTheSameEndInWhateverOrderAndHoweverOften() {
    long seed = new Random().nextLong();
    List<OutcomeBatch> batches = new ArrayList<>();
    for (int file = 0; file < 20; file++) {
      FileRef ref = new FileRef(file + ".py", Sha256.of("" + file), Language.PYTHON);
      ledger.expect(planned(ref, IntStream.range(0, 9).toArray()));
      for (int start = 0; start < 9; start += 3) {
        batches.addAll(Collections.nCopies(3, outcomes(RUN, ref, start, start + 1, start + 2)));
      }
    }
    Collections.shuffle(batches, new Random(seed));

    List<CompletedFile> completed =
        batches.stream().map(ledger::accept).flatMap(p -> p.completed().stream()).toList();

    assertThat(completed)
        .as("seed %d", seed)
        .hasSize(20)
        .allMatch(file -> file.outcomes().size() == 9);
    assertThat(completed).extracting(CompletedFile::path).doesNotHaveDuplicates();
    assertThat(ledger.openFiles()).isEmpty();
  }

  @Test
  void givesUpOnWhatDidNotCome() {
    ledger.expect(planned(FILE, 0, 10));
    ledger.accept(outcomes(RUN, FILE, 0));

    List<CompletedFile> completed = ledger.giveUp();

    assertThat(completed).hasSize(1);
    assertThat(completed.get(0).outcomes()).containsEntry(0, outcome(0));
    assertThat(((Outcome.Failed) completed.get(0).outcomes().get(10)).code())
        .isEqualTo(ErrorCode.LOST);
    assertThat(ledger.accept(outcomes(RUN, FILE, 10)).decided()).isZero();
    assertThat(ledger.giveUp()).isEmpty();
  }

  @Test
  void completesEachFileOnceWhenOutcomesComeWhileItGivesUp() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 300; round++) {
        RunLedger contested = new RunLedger(RUN);
        List<OutcomeBatch> batches = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          FileRef ref = new FileRef(i + ".py", Sha256.of("" + i), Language.PYTHON);
          contested.expect(planned(ref, 0));
          batches.add(outcomes(RUN, ref, 0));
        }
        Callable<List<CompletedFile>> accept =
            () ->
                batches.stream()
                    .map(contested::accept)
                    .flatMap(p -> p.completed().stream())
                    .toList();
        Future<List<CompletedFile>> accepted = threads.submit(accept);
        Future<List<CompletedFile>> givenUp = threads.submit(contested::giveUp);
        List<CompletedFile> all = new ArrayList<>(accepted.get());
        all.addAll(givenUp.get());

        assertThat(all).hasSize(50);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static PlannedFile planned(FileRef file, int... starts) {
    List<FunctionTaskBatch> batches =
        IntStream.of(starts)
            .mapToObj(start -> new FunctionTask(start, 1, "f", null, "def f(): pass"))
            .map(t -> new FunctionTaskBatch(RUN, file, Answers.POLICY, List.of(), List.of(t)))
            .toList();
    return new PlannedFile(Path.of(file.path()), file, batches, List.of());
  }

  private static OutcomeBatch outcomes(RunId run, FileRef file, int... starts) {
    List<FunctionOutcome> outcomes =
        IntStream.of(starts).mapToObj(s -> new FunctionOutcome(s, outcome(s), true)).toList();
    return new OutcomeBatch(run, file, outcomes, Effort.execution(1));
  }

  private static OutcomeBatch batch(RunId run, FileRef file, Outcome outcome, int start) {
    return new OutcomeBatch(
        run, file, List.of(new FunctionOutcome(start, outcome, true)), Effort.execution(1));
  }

  private static Outcome outcome(int start) {
    return new Outcome.Failed(ErrorCode.SCRIPT, "of " + start);
  }
}
