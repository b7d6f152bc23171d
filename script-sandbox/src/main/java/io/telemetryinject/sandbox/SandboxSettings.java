package io.telemetryinject.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a sandbox is made of.
 *
 * @param python the interpreter, as a path or as a command to look up; Python 3.9 or later
 * @param workers how many worker processes run at once, at most
 * @param deadline for one call of ordinary size; large functions and batches get more
 * @param memoryBytes address space of each process
 */
public record SandboxSettings(
    String python, int workers, SandboxMode mode, Duration deadline, long memoryBytes) {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final long MEMORY_BYTES = 1L << 30;

  public SandboxSettings {
    requireNonNull(python, "python is null");
    requireNonNull(mode, "mode is null");
    if (workers < 1) {
      throw new IllegalArgumentException("workers is not positive: " + workers);
    }
    if (deadline.toMillis() < 1) {
      throw new IllegalArgumentException("deadline is not positive: " + deadline);
    }
    if (memoryBytes < 128L << 20) {
      throw new IllegalArgumentException("memory is below 128 MiB: " + memoryBytes);
    }
  }

  /** Strict, 3 seconds, 1 GiB. */
  public static SandboxSettings strict(String python, int workers) {
    return new SandboxSettings(python, workers, SandboxMode.STRICT, DEADLINE, MEMORY_BYTES);
  }

  public SandboxSettings withMode(SandboxMode other) {
    return new SandboxSettings(python, workers, other, deadline, memoryBytes);
  }

  public SandboxSettings withWorkers(int other) {
    return new SandboxSettings(python, other, mode, deadline, memoryBytes);
  }

  public SandboxSettings withDeadline(Duration other) {
    return new SandboxSettings(python, workers, mode, other, memoryBytes);
  }

  public SandboxSettings withMemoryBytes(long other) {
    return new SandboxSettings(python, workers, mode, deadline, other);
  }
}
