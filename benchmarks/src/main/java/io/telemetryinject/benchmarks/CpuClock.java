package io.telemetryinject.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** CPU time of this process and of every process that it started, dead or alive; Linux only. */
final class CpuClock {
  /** {@code USER_HZ}, which Linux fixes at 100 for what {@code /proc} shows. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int LAST_OF_FOUR = 14;

  private CpuClock() {}

  /** Seconds so far, user and system. */
  static double seconds() {
    long ticks = ticks(ProcessHandle.current());
    ticks += ProcessHandle.current().descendants().mapToLong(CpuClock::ticks).sum();
    return ticks / TICKS_PER_SECOND;
  }

  private static long ticks(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = 0;
      for (int i = UTIME; i <= LAST_OF_FOUR; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
