package io.telemetryinject.benchmarks;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.Shape;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures static analysis of a Python tree: functions per CPU-second of the whole process, its
 * compiler and garbage collector included. Reading the files is not part of it.
 */
public final class AnalysisBenchmark {
  private static final int ROUNDS = 5;

  private static final RunPolicy POLICY =
      new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false);

  private final LanguagePack pack = new PythonPack();
  private final List<byte[]> files;
  private final Set<Shape> shapes = new HashSet<>();
  private int functions;

  private AnalysisBenchmark(List<byte[]> files) {
    this.files = files;
  }

  /** Measures the tree that the first argument names. */
  public static void main(String[] arguments) throws IOException, SourceRejectedException {
    new AnalysisBenchmark(read(Path.of(arguments[0]))).run(System.out);
  }

  private void run(PrintStream out) throws SourceRejectedException {
    for (int round = 0; round < ROUNDS; round++) {
      String state = round == 0 ? "cold" : "warm";
      functions = 0;
      long start = cpuNanos();
      List<FunctionTask> tasks = split();
      long split = cpuNanos();
      describe(tasks);
      long described = cpuNanos();
      out.printf(
          "analysis %s: %d functions, %d shapes; files %,.0f/CPU-s, functions alone %,.0f/CPU-s%n",
          state, functions, shapes.size(), perSecond(split - start), perSecond(described - split));
    }
  }

  /** What the coordinator does: every function of every file, as a task. */
  private List<FunctionTask> split() {
    List<FunctionTask> tasks = new ArrayList<>();
    for (byte[] file : files) {
      try {
        SourceText text = pack.decode(file);
        SourceScan scan = pack.scan(text.utf8());
        functions += scan.functions().size();
        for (ScannedFunction f : scan.functions()) {
          String code = text.slice(f.start(), f.end());
          tasks.add(
              new FunctionTask(f.start(), f.line(), f.qualifiedName(), f.classContext(), code));
        }
      } catch (SourceRejectedException e) {
        // Files that the pipeline rejects cost time here as there, and hold no functions.
        continue;
      }
    }
    return tasks;
  }

  /** What the analyzer does: each task's function from its own text. */
  private void describe(List<FunctionTask> tasks) throws SourceRejectedException {
    for (FunctionTask task : tasks) {
      byte[] code = task.code().getBytes(StandardCharsets.UTF_8);
      shapes.add(pack.describe(task, pack.scanFunction(task, code), POLICY).shape());
    }
  }

  private double perSecond(long nanos) {
    return functions / (nanos / 1e9);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static List<byte[]> read(Path directory) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".py")
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          contents.add(Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }
}
