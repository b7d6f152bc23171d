package io.telemetryinject.sandbox;

import java.util.List;

/** What a worker process is for: where it starts, and the Python modules that this one needs. */
enum WorkerKind {
  SCRIPTS(
      List.of("preload", "scripts", "calls", "compiling", "script_worker"),
      "script_worker",
      List.of("-I", "-S", "-E", "-B")),
  /** Judges scripts; unlike the other kind it finds the interpreter's installed packages. */
  JUDGING(
      List.of(
          "preload",
          "scripts",
          "policy",
          "linting",
          "memory_files",
          "mutants",
          "testing",
          "validation_worker"),
      "validation_worker",
      List.of("-I", "-E", "-B"));

  private static final List<String> COMMON =
      List.of(
          "frames",
          "board",
          "faults",
          "syscalls",
          "seccomp",
          "landlock",
          "lockdown",
          "offspring",
          "sink",
          "server");

  private final List<String> modules;
  private final String main;
  private final List<String> flags;

  WorkerKind(List<String> modules, String main, List<String> flags) {
    this.modules = modules;
    this.main = main;
    this.flags = flags;
  }

  String main() {
    return main;
  }

  List<String> flags() {
    return flags;
  }

  /** Its modules as {@code bootstrap.py} reads them. */
  byte[] bundle() {
    Payload bundle = new Payload();
    int start = bundle.hole();
    for (List<String> part : List.of(COMMON, modules)) {
      for (String module : part) {
        bundle.text(module).blob(PythonSource.read(module + ".py"));
      }
    }
    return bundle.fill(start, bundle.size() - Integer.BYTES).toBytes();
  }
}
