package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.model.RunId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A token is a millionth of a dollar here, so a prompt's worst case is its worst token count. */
class BudgetedTest {
  private static final long WORST = Fixture.COSTS.worstMicroDollars(Fixture.prompt());

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong spent = new AtomicLong();
  private final InMemorySpendLedger ledger = new InMemorySpendLedger();

  private Budgeted budgeted(Attempts inner, SpendLedger ledger) {
    return new Budgeted(inner, Fixture.MODEL, Fixture.COSTS, ledger, Fixture.meters());
  }

  private Attempts costing(long microDollars) {
    return (prompt, account) -> {
      calls.incrementAndGet();
      Thread.yield();
      spent.addAndGet(microDollars);
      return Fixture.complete("ok", microDollars);
    };
  }

  private static Ending ending(Attempt attempt) {
    return ((Attempt.Answered) attempt).reply().ending();
  }

  @Test
  void neverSpendsMoreThanTheRunMayUnder64ConcurrentCalls() throws Exception {
    Account account = new Account(Fixture.RUN, 10 * WORST + 7);
    Budgeted budgeted = budgeted(costing(WORST), ledger);

    List<Attempt> attempts;
    try (Together together = new Together(64)) {
      attempts = together.run(640, () -> budgeted.once(Fixture.prompt(), account));
    }

    assertThat(spent.get()).isEqualTo(10 * WORST);
    assertThat(ledger.spent(Fixture.RUN)).isEqualTo(spent.get());
    assertThat(attempts)
        .filteredOn(attempt -> ending(attempt) == Ending.OVER_BUDGET)
        .hasSize(630)
        .allSatisfy(attempt -> assertThat(attempt.usage()).isEqualTo(Usage.none()));
  }

  @Test
  void spendsAllThatCheapCallsLeaveBeforeItRefuses() throws Exception {
    Account account = new Account(Fixture.RUN, 3 * WORST);
    Budgeted budgeted = budgeted(costing(WORST / 10), ledger);

    try (Together together = new Together(64)) {
      together.run(640, () -> budgeted.once(Fixture.prompt(), account));
    }

    assertThat(spent.get()).isLessThanOrEqualTo(3 * WORST);
    assertThat(spent.get()).isGreaterThan(2 * WORST);
    assertThat(ledger.spent(Fixture.RUN)).isEqualTo(spent.get());
  }

  @Test
  void holdsTheDailyLimitOverRuns() throws Exception {
    SpendLedger daily = new InMemorySpendLedger(new VirtualTime(), 2 * WORST);
    Budgeted budgeted = budgeted(costing(WORST), daily);

    List<Ending> endings =
        List.of(
            ending(budgeted.once(Fixture.prompt(), Account.unlimited(Fixture.RUN))),
            ending(budgeted.once(Fixture.prompt(), Account.unlimited(Fixture.OTHER_RUN))),
            ending(budgeted.once(Fixture.prompt(), Account.unlimited(Fixture.RUN))));

    assertThat(endings).containsExactly(Ending.COMPLETE, Ending.COMPLETE, Ending.OVER_BUDGET);
  }

  @Test
  void saysWhatTheCallMightCost() throws Exception {
    Attempt attempt =
        budgeted(costing(1), ledger).once(Fixture.prompt(), new Account(Fixture.RUN, 5));

    assertThat(((Attempt.Answered) attempt).reply().detail())
        .contains("openai:gpt-4.1-mini", "USD 0.000005", "no longer covers");
    assertThat(calls.get()).isZero();
  }

  @Test
  void chargesNothingForAWaitThatWasInterruptedAndTheWorstForACall() {
    Budgeted waiting =
        budgeted(
            (prompt, account) -> {
              throw new InterruptedException();
            },
            ledger);
    Budgeted calling =
        budgeted(
            (prompt, account) -> {
              throw new InterruptedCallException();
            },
            ledger);

    assertThatThrownBy(() -> waiting.once(Fixture.prompt(), Fixture.ACCOUNT))
        .isInstanceOf(InterruptedException.class);
    assertThat(ledger.spent(Fixture.RUN)).isZero();
    assertThatThrownBy(() -> calling.once(Fixture.prompt(), Fixture.ACCOUNT))
        .isInstanceOf(InterruptedException.class);
    assertThat(ledger.spent(Fixture.RUN)).isEqualTo(WORST);
  }

  @Test
  void refusesAnUnknownPriceOnlyWhereThereIsALimit() throws Exception {
    Costs unknown = new Costs(Optional.empty());
    Budgeted budgeted = new Budgeted(costing(0), Fixture.MODEL, unknown, ledger, Fixture.meters());

    Attempt limited = budgeted.once(Fixture.prompt(), new Account(Fixture.RUN, 1_000_000));
    Attempt unlimited = budgeted.once(Fixture.prompt(), Fixture.ACCOUNT);

    assertThat(ending(limited)).isEqualTo(Ending.DENIED);
    assertThat(((Attempt.Answered) limited).reply().detail())
        .contains("openai.gpt-4.1-mini = INPUT OUTPUT");
    assertThat(ending(unlimited)).isEqualTo(Ending.COMPLETE);
  }

  @Test
  void controlOverspendsWithoutReserving() throws Exception {
    SpendLedger careless =
        new SpendLedger() {
          private final AtomicLong sum = new AtomicLong();

          @Override
          public Optional<Reservation> reserve(Account account, long worst) {
            return sum.get() + worst <= account.maxMicroDollars()
                ? Optional.of(new Reservation(account.run(), LocalDate.EPOCH, 0))
                : Optional.empty();
          }

          @Override
          public void settle(Reservation reservation, long actual) {
            sum.addAndGet(actual);
          }

          @Override
          public long spent(RunId run) {
            return sum.get();
          }

          @Override
          public boolean limited() {
            return false;
          }
        };
    CyclicBarrier allIn = new CyclicBarrier(8);
    Budgeted budgeted =
        budgeted(
            (prompt, account) -> {
              try {
                allIn.await();
              } catch (BrokenBarrierException e) {
                throw new IllegalStateException(e);
              }
              return Fixture.complete("ok", WORST);
            },
            careless);

    try (Together together = new Together(8)) {
      together.run(8, () -> budgeted.once(Fixture.prompt(), new Account(Fixture.RUN, WORST)));
    }

    assertThat(careless.spent(Fixture.RUN)).isEqualTo(8 * WORST);
  }
}
