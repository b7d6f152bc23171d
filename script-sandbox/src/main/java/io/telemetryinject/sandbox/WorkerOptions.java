package io.telemetryinject.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is started with; beyond the settings, only tests and the validator differ.
 *
 * @param hashSeed fixes the interpreter's hash seed; null for a random one
 * @param landlock false to do without Landlock, as on a kernel that lacks it
 * @param machine the architecture to pretend to be; empty for the real one
 */
record WorkerOptions(
    SandboxSettings settings,
    WorkerKind kind,
    @Nullable Integer hashSeed,
    boolean landlock,
    String machine) {
  /** Room for the largest single answer twice over. */
  static final int ANSWER_BYTES = 16 << 20;

  static WorkerOptions of(SandboxSettings settings, WorkerKind kind) {
    return new WorkerOptions(settings, kind, null, true, "");
  }

  WorkerOptions withHashSeed(int seed) {
    return new WorkerOptions(settings, kind, seed, landlock, machine);
  }

  WorkerOptions withoutLandlock() {
    return new WorkerOptions(settings, kind, hashSeed, false, machine);
  }

  WorkerOptions pretendingToBe(String otherMachine) {
    return new WorkerOptions(settings, kind, hashSeed, landlock, otherMachine);
  }

  /** As {@code lockdown.py} and the workers' {@code main} read them. */
  List<String> arguments() {
    return List.of(
        "lockdown=" + settings.mode().word(),
        "landlock=" + (landlock ? "on" : "off"),
        "machine=" + machine,
        "memory=" + settings.memoryBytes(),
        "answers=" + ANSWER_BYTES);
  }
}
