package io.telemetryinject.sandbox;

import static io.telemetryinject.sandbox.Scripts.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.sandbox.SandboxListener.Kill;
import io.telemetryinject.sandbox.ScriptSandbox.Isolation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whoever watches a sandbox is told what it had to end, and why. */
class SandboxKillsIT {
  private final List<Kill> kills = new CopyOnWriteArrayList<>();

  private void run(String body) {
    SandboxSettings settings =
        Scripts.settings().withDeadline(Duration.ofMillis(500)).withMemoryBytes(256L << 20);
    try (ProcessSandbox sandbox = new ProcessSandbox(settings, kills::add)) {
      String script = "def insertions(s, c):\n    " + body;
      sandbox.run(List.of(call(script, "x")), Isolation.CALL);
      assertThat(sandbox.workers()).isEqualTo(1);
      assertThat(sandbox.idleWorkers()).isEqualTo(1);
    }
  }

  @Test
  void tellsOfScriptsThatRunPastTheirDeadline() {
    run("while True: pass");

    assertThat(kills).containsOnly(Kill.TIME);
  }

  @Test
  void tellsOfScriptsThatWantTooMuchMemory() {
    run("return [(0, 'x' * (1 << 30))]");

    assertThat(kills).containsOnly(Kill.MEMORY);
  }

  /** The control: neither an answer nor an ordinary error is a kill. */
  @Test
  void tellsOfNothingElse() {
    run("return [(0, 'a')]");
    run("return None");
    run("raise ValueError('no')");

    assertThat(kills).isEmpty();
  }
}
