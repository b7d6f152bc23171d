package io.telemetryinject.llm;

import io.telemetryinject.model.RunId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A ledger of one process that forgets with it. */
public final class InMemorySpendLedger implements SpendLedger {
  private final Map<RunId, Long> byRun = new HashMap<>();
  private final Map<LocalDate, Long> byDay = new HashMap<>();
  private final Clock clock;
  private final long dailyLimit;

  /** Without a limit of its own. */
  public InMemorySpendLedger() {
    this(Clock.systemUTC(), Long.MAX_VALUE);
  }

  /**
   * @param dailyLimitMicroDollars for all runs of a day (UTC) together; {@link Long#MAX_VALUE} for
   *     none
   */
  public InMemorySpendLedger(Clock clock, long dailyLimitMicroDollars) {
    this.clock = clock;
    this.dailyLimit = dailyLimitMicroDollars;
  }

  @Override
  public synchronized Optional<Reservation> reserve(Account account, long worstMicroDollars) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    long run = spent(account.run());
    long day = byDay.getOrDefault(today, 0L);
    if (worstMicroDollars > account.maxMicroDollars() - run
        || worstMicroDollars > dailyLimit - day) {
      return Optional.empty();
    }
    byRun.put(account.run(), run + worstMicroDollars);
    byDay.put(today, day + worstMicroDollars);
    return Optional.of(new Reservation(account.run(), today, worstMicroDollars));
  }

  @Override
  public synchronized void settle(Reservation reservation, long actualMicroDollars) {
    long difference = actualMicroDollars - reservation.microDollars();
    byRun.merge(reservation.run(), difference, Long::sum);
    byDay.merge(reservation.day(), difference, Long::sum);
  }

  @Override
  public synchronized long spent(RunId run) {
    return byRun.getOrDefault(run, 0L);
  }

  @Override
  public boolean limited() {
    return dailyLimit != Long.MAX_VALUE;
  }
}
