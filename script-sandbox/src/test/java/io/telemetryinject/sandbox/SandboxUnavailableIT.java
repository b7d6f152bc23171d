package io.telemetryinject.sandbox;

import static io.telemetryinject.sandbox.ScriptSandbox.Isolation.BATCH;
import static io.telemetryinject.sandbox.Scripts.ECHO;
import static io.telemetryinject.sandbox.Scripts.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no lock can be had, nothing is run; unless the user said so in so many words. */
class SandboxUnavailableIT {
  @TempDir Path directory;

  @Test
  void refusesOnAnArchitectureWithoutATableOfItsSystemCalls() {
    assertRefuses(options(Scripts.settings()).pretendingToBe("riscv64"), "riscv64");
  }

  @Test
  void refusesWithTheTableOfAnotherArchitecture() {
    String other = System.getProperty("os.arch").equals("aarch64") ? "x86_64" : "aarch64";

    // Its own filter ends the worker: it has no chance to say why.
    assertRefuses(options(Scripts.settings()).pretendingToBe(other), "interpreter");
  }

  @Test
  void refusesWhereTheKernelTakesNoFilter() throws Exception {
    assertRefuses(options(settingsWithoutSeccomp()), "Operation not permitted (prctl 22)");
  }

  @Test
  void runsThereWhenTheUserWantsNoLock() throws Exception {
    SandboxSettings unlocked = settingsWithoutSeccomp().withMode(SandboxMode.NONE);
    try (ProcessSandbox sandbox = new ProcessSandbox(unlocked)) {
      Scripts.answered(sandbox.run(List.of(call(ECHO, "x")), BATCH).get(0));
    }
  }

  @Test
  void saysThatAnInterpreterIsMissing() {
    SandboxSettings nowhere = SandboxSettings.strict("/nowhere/python", 1);

    assertRefuses(options(nowhere), "/nowhere/python");
  }

  @Test
  void saysThatAnInterpreterIsNone() throws Exception {
    String python = Scripts.wrappedPython(directory, "cat /nowhere/at-all");

    assertRefuses(options(SandboxSettings.strict(python, 1)), "No such file or directory");
  }

  private SandboxSettings settingsWithoutSeccomp() throws Exception {
    Path launcher = directory.resolve("refuse_seccomp.py");
    Files.writeString(launcher, Scripts.resource("refuse_seccomp.py"));
    String python = Scripts.wrappedPython(directory, "PYTHON -I -B " + launcher + " \"$@\"");
    return SandboxSettings.strict(python, 1);
  }

  private static WorkerOptions options(SandboxSettings settings) {
    return WorkerOptions.of(settings, WorkerKind.SCRIPTS);
  }

  /** With a message in three parts: what, where, what to do. */
  private static void assertRefuses(WorkerOptions options, String reason) {
    try (ProcessSandbox sandbox = new ProcessSandbox(options)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> sandbox.run(List.of(call(ECHO, "x")), BATCH))
            .isInstanceOf(SandboxUnavailableException.class)
            .hasMessageContaining(reason)
            .hasMessageContaining(options.settings().python())
            .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(3))
            .hasMessageContaining("--python");
      }
      assertThatThrownBy(sandbox::start).isInstanceOf(SandboxUnavailableException.class);
    }
  }
}
