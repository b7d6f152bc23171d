package io.telemetryinject.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunStatus;
import io.telemetryinject.model.SkipReason;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
  private static final String DIGEST = "0".repeat(64);

  private final RunWatch watch =
      new RunWatch(
          new RunWatch.Order("nightly", "https://host/shop.git", "main", "s3://b/p", null),
          NOW,
          Clock.fixed(NOW, ZoneOffset.UTC));

  private static FileRecord file(String path, int skipped, int rejected) {
    List<FunctionRecord> others = new ArrayList<>();
    others.addAll(
        Collections.nCopies(
            skipped, new FunctionRecord("stub", 3, new Outcome.Skipped(SkipReason.STUB))));
    others.addAll(
        Collections.nCopies(
            rejected,
            new FunctionRecord(
                "bad", 7, new Outcome.Rejected(RejectReason.PARSE, "x".repeat(9_000)))));
    return FileRecord.untouched(path, DIGEST, others);
  }

  @Test
  void countsWhatIsSettledAndKeepsTheFirstFailures() {
    watch.preparing();
    watch.listed(2);
    watch.planned(80, 70);
    watch.settled(file("a.py", 2, 60), false);
    watch.written();

    RunStatus status = watch.status();

    assertThat(status.state()).isEqualTo(RunStatus.State.RUNNING);
    assertThat(status.files()).isEqualTo(2);
    assertThat(status.filesWritten()).isEqualTo(1);
    assertThat(status.outcomes()).isEqualTo(new RunStatus.Outcomes(0, 0, 2, 60, 0));
    assertThat(status.failures()).hasSize(RunStatus.MAX_FAILURES);
    assertThat(status.failures().get(0).line()).isEqualTo(7);
  }

  @Test
  void staysSmallEnoughToBeToldEverySecond() throws Exception {
    watch.settled(file("p".repeat(4_000), 0, 500), false);
    RecordCodec codec = new RecordCodec();

    byte[] told = codec.encode(watch.status());

    assertThat(told).hasSizeLessThan(100_000);
    assertThat(codec.decode(told, RunStatus.class)).isEqualTo(watch.status());
  }

  @Test
  void tellsEveryEndApart() {
    assertThat(endOf(Ending.PROBLEMS)).isEqualTo(RunStatus.State.COMPLETED);
    assertThat(endOf(Ending.REFUSED)).isEqualTo(RunStatus.State.REFUSED);
    assertThat(endOf(Ending.INTERRUPTED)).isEqualTo(RunStatus.State.STOPPED);
    assertThat(watch.status().message()).isEqualTo("it stopped. Mend it.");
  }

  private RunStatus.State endOf(int exitCode) {
    watch.ended(new Ending(exitCode, "it stopped", "Mend it."));
    return watch.status().state();
  }
}
