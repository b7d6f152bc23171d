package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads, instances and processes over one directory. */
class FileSpendLedgerIT {
  private final VirtualTime time = new VirtualTime();
  @TempDir Path directory;

  private FileSpendLedger ledger(long daily) {
    return new FileSpendLedger(directory, time, daily);
  }

  @Test
  void remembersWhatWasSpentAcrossInstances() {
    FileSpendLedger first = ledger(Long.MAX_VALUE);
    Reservation reservation = first.reserve(Fixture.ACCOUNT, 100).orElseThrow();
    first.settle(reservation, 30);

    assertThat(ledger(Long.MAX_VALUE).spent(Fixture.RUN)).isEqualTo(30);
    assertThat(ledger(Long.MAX_VALUE).spent(Fixture.OTHER_RUN)).isZero();
  }

  @Test
  void keepsWhatAProcessReservedThatDied() {
    ledger(Long.MAX_VALUE).reserve(Fixture.ACCOUNT, 70);

    FileSpendLedger next = ledger(Long.MAX_VALUE);

    assertThat(next.reserve(new Account(Fixture.RUN, 100), 31)).isEmpty();
    assertThat(next.reserve(new Account(Fixture.RUN, 100), 30)).isPresent();
  }

  @Test
  void startsAnewEachDayAndSettlesOnTheDayOfTheReservation() {
    FileSpendLedger ledger = ledger(100);
    Reservation late = ledger.reserve(Fixture.ACCOUNT, 100).orElseThrow();
    assertThat(ledger.reserve(Fixture.ACCOUNT, 1)).isEmpty();

    time.pass(Duration.ofDays(1));
    assertThat(ledger.reserve(Account.unlimited(Fixture.OTHER_RUN), 60)).isPresent();
    ledger.settle(late, 0);

    assertThat(ledger.reserve(Fixture.ACCOUNT, 41)).isEmpty();
    assertThat(ledger.reserve(Fixture.ACCOUNT, 40)).isPresent();
  }

  @Test
  void neverOvershootsUnder64ConcurrentCallsOfTwoInstances() throws Exception {
    Account account = new Account(Fixture.RUN, 1000);
    AtomicLong spent = new AtomicLong();
    AtomicInteger turns = new AtomicInteger();
    FileSpendLedger[] ledgers = {ledger(Long.MAX_VALUE), ledger(Long.MAX_VALUE)};

    try (Together together = new Together(64)) {
      together.run(
          256,
          () -> {
            FileSpendLedger mine = ledgers[turns.getAndIncrement() % 2];
            return mine.reserve(account, 17)
                .map(
                    reservation -> {
                      spent.addAndGet(13);
                      mine.settle(reservation, 13);
                      return true;
                    });
          });
    }

    assertThat(spent.get()).isBetween(1000L - 17, 1000L);
    assertThat(ledgers[0].spent(Fixture.RUN)).isEqualTo(spent.get());
  }

  @Test
  void neverOvershootsWithASecondProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SpendingProcess.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    long mine = SpendingProcess.spend(directory);
    String said = new String(other.getInputStream().readAllBytes(), UTF_8).trim();

    assertThat(other.waitFor()).as(said).isZero();
    long theirs = Long.parseLong(said.lines().reduce((first, second) -> second).orElseThrow());

    assertThat(mine + theirs).isEqualTo(SpendingProcess.LIMIT);
    assertThat(ledger(Long.MAX_VALUE).spent(Fixture.RUN)).isEqualTo(SpendingProcess.LIMIT);
  }

  @Test
  void keepsAnInterruptedThreadsAccounts() {
    FileSpendLedger ledger = ledger(Long.MAX_VALUE);
    Reservation reservation = ledger.reserve(Fixture.ACCOUNT, 100).orElseThrow();

    Thread.currentThread().interrupt();
    ledger.settle(reservation, 5);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ledger.spent(Fixture.RUN)).isEqualTo(5);
  }

  @Test
  void spendsNothingWhenItsFilesMakeNoSense() throws Exception {
    FileSpendLedger ledger = ledger(Long.MAX_VALUE);
    Files.writeString(directory.resolve("run-" + Fixture.RUN.digest()), "a lot");

    assertThatThrownBy(() -> ledger.reserve(Fixture.ACCOUNT, 1))
        .isInstanceOf(SpendLedgerException.class)
        .hasMessageContaining(directory.toRealPath().toString())
        .hasMessageContaining("holds no number")
        .hasMessageContaining("nothing is spent");
  }
}
