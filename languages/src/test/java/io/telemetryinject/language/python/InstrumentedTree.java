package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Instruments every file of a tree with correct lists, checks the laws, and counts. */
final class InstrumentedTree {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path from;
  private final Path to;
  private final ExceptionPolicy policy;
  final Map<String, Integer> counts = new TreeMap<>();
  final List<String> broken = new ArrayList<>();
  private long verifyNanos;
  private long composeNanos;

  InstrumentedTree(Path from, Path to, ExceptionPolicy policy) {
    this.from = from;
    this.to = to;
    this.policy = policy;
  }

  void run() throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (file.toString().endsWith(".py") && Files.isRegularFile(file)) {
          byte[] bytes = Files.readAllBytes(file);
          Path target = to.resolve(from.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.write(target, instrument(from.relativize(file).toString(), bytes));
        }
      }
    }
  }

  double verifyMicros() {
    return verifyNanos / 1e3 / Math.max(1, counts.getOrDefault("verified", 0));
  }

  double composeMicros() {
    return composeNanos / 1e3 / Math.max(1, counts.getOrDefault("verified", 0));
  }

  private byte[] instrument(String name, byte[] bytes) {
    count("files");
    boolean bom = bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BOM, 0, 3);
    byte[] utf8 = bom ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      byte[] applied = instrument(name, utf8, TestSource.SCANNER.scan(utf8));
      if (!bom) {
        return applied;
      }
      byte[] whole = Arrays.copyOf(BOM, 3 + applied.length);
      System.arraycopy(applied, 0, whole, 3, applied.length);
      return whole;
    } catch (CharacterCodingException e) {
      count("files not in UTF-8");
    } catch (SourceRejectedException e) {
      count("files rejected: " + e.reason());
    }
    return bytes;
  }

  private byte[] instrument(String name, byte[] utf8, SourceScan scan)
      throws SourceRejectedException {
    Map<Integer, List<Insertion>> accepted = new LinkedHashMap<>();
    for (int i = 0; i < scan.functions().size(); i++) {
      ScannedFunction function = scan.functions().get(i);
      if (function.skip() != null) {
        count("skipped: " + function.skip());
        continue;
      }
      ScannedFunction own = function.relative();
      byte[] code = Arrays.copyOfRange(utf8, function.start(), function.end());
      ExceptionPolicy exceptions = function.body().capturable() ? policy : ExceptionPolicy.IGNORE;
      List<Insertion> insertions = ReferenceInserter.insertions(own, code, exceptions);
      long start = System.nanoTime();
      Verdict verdict =
          new PythonVerifier().verify(own, code, Telemetry.of(exceptions), insertions);
      verifyNanos += System.nanoTime() - start;
      count("verified");
      count(verdict.isAccepted() ? "accepted, " + exceptions.word() : "refused");
      if (verdict.isAccepted()) {
        accepted.put(i, insertions);
      } else {
        broken.add(name + ":" + function.line() + " refused: " + verdict.detail());
      }
    }
    long start = System.nanoTime();
    List<Insertion> composed = new PythonComposer().compose(utf8, scan, accepted);
    composeNanos += System.nanoTime() - start;
    byte[] applied = Insertions.apply(utf8, composed);
    if (!Arrays.equals(Insertions.remove(applied, composed), utf8)) {
      broken.add(name + " does not come back");
    }
    checkSecondPass(name, scan, accepted, applied);
    return applied;
  }

  private void checkSecondPass(
      String name, SourceScan first, Map<Integer, List<Insertion>> accepted, byte[] applied) {
    try {
      SourceScan second = TestSource.SCANNER.scan(applied);
      if (!accepted.isEmpty() && !second.instrumented()) {
        broken.add(name + " would get a second import");
      }
      for (int i = 0; i < first.functions().size(); i++) {
        ScannedFunction again = second.functions().get(i);
        Instrumentation expected =
            accepted.containsKey(i) ? Instrumentation.COMPLETE : Instrumentation.NONE;
        if (again.instrumentation() != expected && first.functions().get(i).skip() == null) {
          broken.add(name + ":" + again.line() + " is " + again.instrumentation() + " afterwards");
        }
      }
    } catch (SourceRejectedException e) {
      broken.add(name + " cannot be scanned afterwards: " + e.detail());
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }
}
