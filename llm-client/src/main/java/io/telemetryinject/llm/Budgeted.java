package io.telemetryinject.llm;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reserves the worst case before a call and settles after it. While calls in flight hold what a
 * further one needs, that one waits for them; only what they cannot give back ends it.
 */
final class Budgeted implements Attempts {
  private final Attempts inner;
  private final ModelName name;
  private final Costs costs;
  private final SpendLedger ledger;
  private final ModelMeters meters;
  private final Flights flights = new Flights();

  Budgeted(Attempts inner, ModelName name, Costs costs, SpendLedger ledger, ModelMeters meters) {
    this.inner = inner;
    this.name = name;
    this.costs = costs;
    this.ledger = ledger;
    this.meters = meters;
  }

  @Override
  public Attempt once(Prompt prompt, Account account) throws InterruptedException {
    if (costs.price().isEmpty()) {
      return account.limited() || ledger.limited() ? unpriced() : inner.once(prompt, account);
    }
    long worst = costs.worstMicroDollars(prompt);
    Optional<Flight> flight = reserve(account, worst);
    if (flight.isEmpty()) {
      meters.overBudget();
      return overBudget(account, worst);
    }
    long actual = worst;
    try {
      Attempt attempt = inner.once(prompt, account);
      actual = attempt.usage().microDollars();
      return attempt;
    } catch (InterruptedException e) {
      actual = e instanceof InterruptedCallException ? worst : 0;
      throw e;
    } finally {
      try {
        ledger.settle(flight.get().reservation(), actual);
      } finally {
        flights.settle(flight.get().number());
      }
    }
  }

  /** A call that has its money. */
  private record Flight(long number, Reservation reservation) {}

  /** Tries again as calls settle, until none is left that was in flight at the first refusal. */
  private Optional<Flight> reserve(Account account, long worst) throws InterruptedException {
    long latest = Long.MAX_VALUE;
    boolean last = false;
    while (true) {
      long seen = flights.settled();
      long number = flights.start();
      Optional<Reservation> reservation = Optional.empty();
      try {
        reservation = ledger.reserve(account, worst);
      } finally {
        if (reservation.isEmpty()) {
          flights.giveUp(number);
        }
      }
      if (reservation.isPresent()) {
        return Optional.of(new Flight(number, reservation.get()));
      }
      latest = Math.min(latest, flights.latest());
      if (last || !flights.awaitSettlementSince(seen, latest)) {
        return Optional.empty();
      }
      last = !flights.anyUpTo(latest);
    }
  }

  private Attempt unpriced() {
    return Attempt.uncalled(
        Ending.DENIED,
        "the price of %s is not known, so a limit cannot hold; %s, or set no limit"
            .formatted(name.word(), Prices.howTo(name)));
  }

  private Attempt overBudget(Account account, long worst) {
    String limit =
        account.limited()
            ? "run (%s) or the day".formatted(dollars(account.maxMicroDollars()))
            : "day";
    return Attempt.uncalled(
        Ending.OVER_BUDGET,
        "a call to %s may cost %s, which the limit of the %s no longer covers"
            .formatted(name.word(), dollars(worst), limit));
  }

  private static String dollars(long microDollars) {
    return "USD " + BigDecimal.valueOf(microDollars, 6).toPlainString();
  }
}
