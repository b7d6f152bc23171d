package io.telemetryinject.coordinator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.coordinator.LedgerOpener;
import io.telemetryinject.coordinator.RunLedger;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunMetersTest {
  private static final RunId RUN = new RunId(Sha256.of("run"));
  private static final RunPolicy POLICY =
      new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Runnable> later = new ArrayList<>();
  private final RunLedger ledger = LedgerOpener.open(RUN, List.of());

  private RunMeters begin(RunPolicy policy) {
    RunMeters meters = new RunMeters(registry, later::add);
    meters.began(ledger, policy);
    return meters;
  }

  private Gauge gauge(String name, String... tags) {
    return registry.get("telemetry.inject.run." + name).tags(tags).gauge();
  }

  private List<String> withRunLabel() {
    return registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getTag("run") != null)
        .map(Meter.Id::getName)
        .toList();
  }

  @Test
  void showsHowFarARunIsUnderItsOwnLabel() {
    RunMeters meters = begin(POLICY);

    meters.listed(7);
    meters.planned(5, 3);
    meters.decided(2);
    meters.written();

    assertThat(gauge("files", "run", RUN.shortForm(), "state", "listed").value()).isEqualTo(7);
    assertThat(gauge("files", "state", "written").value()).isEqualTo(1);
    assertThat(gauge("tasks", "state", "planned").value()).isEqualTo(3);
    assertThat(gauge("tasks", "state", "decided").value()).isEqualTo(2);
    assertThat(gauge("active").value()).isEqualTo(1);
    assertThat(gauge("idle").value()).isPositive();
    assertThat(registry.find("telemetry.inject.run.budget").gauge()).isNull();
  }

  @Test
  void showsTheBudgetOfARunThatHasOne() {
    begin(
        new RunPolicy(
            ExceptionPolicy.CAPTURE,
            KeyKind.SHAPE,
            false,
            RunPolicy.Method.SCRIPTS,
            "",
            2_500_000L));

    assertThat(gauge("budget").value()).isEqualTo(2.5);
    assertThat(gauge("cost").value()).isZero();
  }

  @Test
  void runLabelsGoSomeTimeAfterTheEnd() {
    RunMeters meters = begin(POLICY);

    meters.ended();

    assertThat(withRunLabel()).isNotEmpty();
    assertThat(gauge("active").value()).isZero();
    assertThat(gauge("idle").value()).isZero();
    later.forEach(Runnable::run);
    assertThat(withRunLabel()).isEmpty();
  }

  @Test
  void aSecondTryOfARunKeepsItsLabelsWhenThoseOfTheFirstGo() {
    RunMeters first = begin(POLICY);
    first.listed(3);
    first.ended();
    RunMeters second = begin(POLICY);
    second.listed(4);

    later.forEach(Runnable::run);

    assertThat(gauge("files", "state", "listed").value()).isEqualTo(4);
    assertThat(gauge("active").value()).isEqualTo(1);
  }

  @Test
  void countsARunThatDidNotComeToItsEndAsInterrupted() {
    begin(POLICY).ended();

    assertThat(runs("interrupted")).isEqualTo(1);
    assertThat(runs("clean")).isZero();
    assertThat(registry.find("telemetry.inject.run.completed.timestamp").gauge()).isNull();
  }

  private double runs(String ending) {
    return registry.get("telemetry.inject.runs").tag("ending", ending).counter().count();
  }

  @Test
  void countsFunctionsByOutcomeAndReasonAsTheyAreWritten() {
    RunMeters meters = begin(POLICY);
    Outcome rejected = new Outcome.Rejected(RejectReason.PARSE, "line 3");

    meters.settled(
        FileRecord.untouched("a.py", Sha256.of("a"), List.of(new FunctionRecord("f", 1, rejected))),
        false);

    assertThat(functions("rejected", "parse")).isEqualTo(1);
    assertThat(functions("rejected", "compile")).isZero();
    assertThat(functions("applied", "none")).isZero();
  }

  private double functions(String outcome, String reason) {
    return registry
        .get("telemetry.inject.functions")
        .tags("stage", "coordinator", "outcome", outcome, "reason", reason)
        .counter()
        .count();
  }
}
