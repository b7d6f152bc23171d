package io.telemetryinject.benchmarks.models;

import io.telemetryinject.llm.stub.Script;
import io.telemetryinject.llm.stub.StubAnswer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/** A directory to work in, which goes at the end, and a place to print figures. */
final class Bench implements AutoCloseable {
  private final Path work;
  private final PrintStream out = new PrintStream(System.out, true);

  Bench() throws IOException {
    work = Files.createTempDirectory("telemetry-inject-models");
    line(
        "machine: %d processors, Java %s",
        Runtime.getRuntime().availableProcessors(), Runtime.version());
  }

  Path work() {
    return work;
  }

  void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** A model whose answers take so long, what the stub itself needs included. */
  static Script taking(Duration latency, Script model) {
    return request -> {
      StubAnswer answer = model.answer(request);
      Duration left = latency.minus(Duration.between(request.arrived(), Instant.now()));
      return left.isNegative() ? answer : StubAnswer.delayed(left, answer);
    };
  }

  static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(work);
  }
}
