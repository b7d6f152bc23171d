package io.telemetryinject.coordinator.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.RunLedger;
import io.telemetryinject.coordinator.fixture.OpenLedger;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.OutcomeBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowWaterMarkTest {
  private final OpenLedger open = new OpenLedger("a.py", "b.py", "c.py");
  private final RunLedger ledger = open.ledger();
  private final LowWaterMark mark = new LowWaterMark(ledger);
  private final List<Integer> acknowledged = new ArrayList<>();

  @Test
  void acknowledgesAtOnceWhereEveryFileIsComplete() {
    poll(1, "a.py");
    poll(2, "b.py", "c.py");

    assertThat(acknowledged).containsExactly(1, 2);
  }

  @Test
  void waitsForTheOldestIncompleteFileAndKeepsTheOrder() {
    pollOfPart(1, "a.py");
    poll(2, "b.py");
    poll(3, "c.py");
    assertThat(acknowledged).isEmpty();

    poll(4, "a.py");

    assertThat(acknowledged).containsExactly(1, 2, 3, 4);
  }

  @Test
  void letsPollsPassThatHoldNothingOfThisRun() {
    mark.add(() -> acknowledged.add(1), List.of());
    mark.add(() -> acknowledged.add(2), List.of(open.foreign("elsewhere.py")));

    assertThat(acknowledged).containsExactly(1, 2);
  }

  @Test
  void waitsForAnotherVersionOfAnOpenFileToo() {
    FileRef edited = open.foreign("a.py").file();
    assertThat(ledger.isOpen(edited)).isTrue();
  }

  private void poll(int number, String... files) {
    List<OutcomeBatch> batches = new ArrayList<>();
    for (String file : files) {
      batches.add(open.rest(file));
    }
    take(number, batches);
  }

  private void pollOfPart(int number, String file) {
    take(number, List.of(open.part(file)));
  }

  private void take(int number, List<OutcomeBatch> batches) {
    batches.forEach(ledger::accept);
    mark.add(() -> acknowledged.add(number), batches);
  }
}
