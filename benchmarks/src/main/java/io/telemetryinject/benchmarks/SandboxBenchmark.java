package io.telemetryinject.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.SandboxMode;
import io.telemetryinject.sandbox.SandboxSettings;
import io.telemetryinject.sandbox.ScriptAnswer;
import io.telemetryinject.sandbox.ScriptCall;
import io.telemetryinject.sandbox.ScriptSandbox.Isolation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What the sandbox costs per call beside the script's own work: protocol, fork, lock, this side.
 *
 * <p>The scripts answer at once, with as many insertions as a function of 700 bytes gets. CPU time
 * is that of this process, the worker and its children, from {@code /proc}; so Linux only.
 */
public final class SandboxBenchmark {
  private static final int CALLS = 256;
  private static final int INSERTIONS = 20;
  private static final int SOURCE_BYTES = 700;
  private static final double TICKS_PER_SECOND = 100;

  private final PrintStream out;

  private SandboxBenchmark(PrintStream out) {
    this.out = out;
  }

  /**
   * @param arguments the Python interpreter; then, optionally, how many rounds
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
    new SandboxBenchmark(System.out).run(arguments[0], rounds);
  }

  private void run(String python, int rounds) throws IOException {
    out.printf("CPU in microseconds per call, batches of %d calls, %d rounds%n", CALLS, rounds);
    for (SandboxMode mode : SandboxMode.values()) {
      for (int scripts : new int[] {1, 20}) {
        measure(SandboxSettings.strict(python, 1).withMode(mode), scripts, rounds, Isolation.BATCH);
      }
    }
    measure(SandboxSettings.strict(python, 1), 1, Math.max(1, rounds / 40), Isolation.CALL);
  }

  private void measure(SandboxSettings settings, int scripts, int rounds, Isolation isolation)
      throws IOException {
    List<ScriptCall> calls = calls(scripts);
    try (ProcessSandbox sandbox = new ProcessSandbox(settings)) {
      for (int i = 0; i < Math.max(1, rounds / 2); i++) {
        check(sandbox.run(calls, isolation));
      }
      double before = cpuSeconds();
      long start = System.nanoTime();
      for (int i = 0; i < rounds; i++) {
        check(sandbox.run(calls, isolation));
      }
      double wall = (System.nanoTime() - start) / 1e9;
      double cpu = cpuSeconds() - before;
      double perCall = 1e6 / rounds / CALLS;
      out.printf(
          "%-6s  %-5s  %2d scripts   cpu %7.1f   wall %7.1f%n",
          settings.mode().word(), isolation, scripts, cpu * perCall, wall * perCall);
    }
  }

  private static void check(List<ScriptAnswer> answers) {
    for (ScriptAnswer answer : answers) {
      answer.fold(
          answered -> answered,
          broken -> {
            throw new IllegalStateException(broken.detail());
          });
    }
  }

  private static List<ScriptCall> calls(int scripts) {
    List<ScriptCall> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String script =
          "ANSWER = [(n, '    ') for n in range("
              + INSERTIONS
              + ")]\n"
              + "def insertions(source_code, context):\n    return list(ANSWER)\n# "
              + i % scripts;
      String source = "#".repeat(SOURCE_BYTES);
      calls.add(
          new ScriptCall(
              script,
              sha256(script),
              source,
              "pkg.Outer.f",
              List.of("self", "a", "b"),
              ExceptionPolicy.CAPTURE));
    }
    return calls;
  }

  /** User and system time of this process and its descendants, the dead ones included. */
  private static double cpuSeconds() throws IOException {
    double ticks = ticks(ProcessHandle.current());
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      ticks += ticks(child);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double ticks(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = 0;
    for (int field = 11; field <= 14; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
