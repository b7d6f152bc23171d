package io.telemetryinject.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What a worker is started with; beyond the settings, only tests and the validator differ.
 *
 * @param environment of the worker; nothing in it is secret
 * @param landlock false to do without Landlock, as on a kernel that lacks it
 * @param limits false to set no resource limits: what tests show the limits' worth with
 * @param machine the architecture to pretend to be; empty for the real one
 * @param modules loaded beside those that scripts may import: so that a test meets the lock, not a
 *     module that is missing
 */
record WorkerOptions(
    SandboxSettings settings,
    WorkerKind kind,
    Map<String, String> environment,
    boolean landlock,
    boolean limits,
    String machine,
    List<String> modules) {
  /** Room for the largest single answer twice over. */
  static final int ANSWER_BYTES = 16 << 20;

  WorkerOptions {
    environment = Map.copyOf(environment);
    modules = List.copyOf(modules);
  }

  static WorkerOptions of(SandboxSettings settings, WorkerKind kind) {
    return new WorkerOptions(settings, kind, Map.of(), true, true, "", List.of());
  }

  /** Fixes the interpreter's hash seed, which is random otherwise. */
  WorkerOptions withHashSeed(int seed) {
    return withEnvironment(Map.of("PYTHONHASHSEED", String.valueOf(seed)));
  }

  WorkerOptions withEnvironment(Map<String, String> other) {
    return new WorkerOptions(settings, kind, other, landlock, limits, machine, modules);
  }

  WorkerOptions withoutLandlock() {
    return new WorkerOptions(settings, kind, environment, false, limits, machine, modules);
  }

  WorkerOptions withoutLimits() {
    return new WorkerOptions(settings, kind, environment, landlock, false, machine, modules);
  }

  WorkerOptions pretendingToBe(String otherMachine) {
    return new WorkerOptions(settings, kind, environment, landlock, limits, otherMachine, modules);
  }

  WorkerOptions withModules(List<String> others) {
    return new WorkerOptions(settings, kind, environment, landlock, limits, machine, others);
  }

  /** As {@code lockdown.py} and the workers' {@code main} read them. */
  List<String> arguments() {
    return List.of(
        "lockdown=" + settings.mode().word(),
        "landlock=" + (landlock ? "on" : "off"),
        "limits=" + (limits ? "on" : "off"),
        "machine=" + machine,
        "modules=" + String.join(",", modules),
        "memory=" + settings.memoryBytes(),
        "answers=" + ANSWER_BYTES);
  }
}
