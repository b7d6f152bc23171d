package io.telemetryinject.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in this process, with what it prints. */
record Command(int exitCode, String out, String err) {

  /** Runs the command with a cache and a signing key of the test's own. */
  static Command run(Path home, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--cache-dir", home.resolve("cache").toString()));
    all.addAll(List.of("--signing-key", home.resolve("key").resolve("signing-key").toString()));
    all.addAll(List.of("--python", CommandProcess.PYTHON, "--max-workers", "1"));
    return runExactly(all.toArray(String[]::new));
  }

  /** Runs the command with these arguments only. */
  static Command runExactly(String... arguments) {
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      System.setErr(new PrintStream(err, true, UTF_8));
      int exitCode = Main.run(arguments);
      return new Command(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }
}
