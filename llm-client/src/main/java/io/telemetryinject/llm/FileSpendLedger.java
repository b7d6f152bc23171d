package io.telemetryinject.llm;

import io.telemetryinject.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A ledger that several processes share over one directory, and that outlives them.
 *
 * <p>One small file holds the sum of each run and one that of each day (UTC), open reservations
 * included; a change is on disk before it counts. A process that dies between reserving and
 * settling leaves the worst case of its calls in flight as spent: too much rather than too little,
 * as the provider may have charged them.
 */
public final class FileSpendLedger implements SpendLedger {
  private final Path directory;
  private final Clock clock;
  private final long dailyLimit;

  /**
   * @param directory on a file system whose locks hold between all processes that share it
   * @param dailyLimitMicroDollars for all runs of a day together; {@link Long#MAX_VALUE} for none
   * @throws SpendLedgerException when the directory cannot be made
   */
  public FileSpendLedger(Path directory, Clock clock, long dailyLimitMicroDollars) {
    try {
      this.directory = Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw new SpendLedgerException(
          "The spend ledger "
              + directory
              + " cannot be made ("
              + e.getClass().getSimpleName()
              + "); make it, or name another: beside the cache by default",
          e);
    }
    this.clock = clock;
    this.dailyLimit = dailyLimitMicroDollars;
  }

  @Override
  public Optional<Reservation> reserve(Account account, long worstMicroDollars) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      SpentFile run = ofRun(account.run());
      SpentFile day = ofDay(today);
      long runSpent = run.read();
      long daySpent = day.read();
      if (worstMicroDollars > account.maxMicroDollars() - runSpent
          || worstMicroDollars > dailyLimit - daySpent) {
        return Optional.empty();
      }
      if (worstMicroDollars != 0) {
        run.write(runSpent + worstMicroDollars);
        day.write(daySpent + worstMicroDollars);
      }
      return Optional.of(new Reservation(account.run(), today, worstMicroDollars));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public void settle(Reservation reservation, long actualMicroDollars) {
    long difference = actualMicroDollars - reservation.microDollars();
    if (difference == 0) {
      return;
    }
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      SpentFile run = ofRun(reservation.run());
      SpentFile day = ofDay(reservation.day());
      run.write(run.read() + difference);
      day.write(day.read() + difference);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public long spent(RunId run) {
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      return ofRun(run).read();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * What all runs of today (UTC) have spent, open reservations included. Waits for nobody: a sum is
   * replaced as a whole.
   *
   * @throws SpendLedgerException when it cannot be read
   */
  public long spentToday() {
    try {
      return ofDay(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).read();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public boolean limited() {
    return dailyLimit != Long.MAX_VALUE;
  }

  private SpentFile ofRun(RunId run) {
    return new SpentFile(directory.resolve("run-" + run.digest()));
  }

  private SpentFile ofDay(LocalDate day) {
    return new SpentFile(directory.resolve("day-" + day));
  }

  private SpendLedgerException unusable(IOException e) {
    return new SpendLedgerException(
        "The spend ledger "
            + directory
            + " is of no use: "
            + e.getMessage()
            + "; nothing is spent until it can be read and written again",
        e);
  }
}
