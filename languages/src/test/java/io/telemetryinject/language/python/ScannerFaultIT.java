package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Correct insertions for wrong anchors: whatever the verifier lets through must still be the same
 * program. What it refuses is judged, too, to show that the anchors were wrong indeed.
 */
class ScannerFaultIT {
  private static final int MUTANTS_PER_FUNCTION = 30;

  @ParameterizedTest
  @EnumSource(ExceptionPolicy.class)
  void noFaultOfTheScannerCorruptsAProgram(ExceptionPolicy policy, @TempDir Path directory)
      throws Exception {
    long seed = Long.getLong("telemetry.inject.seed", System.nanoTime());
    Random random = new Random(seed);
    Sample accepted = Sample.in(directory.resolve("accepted"));
    Sample refused = Sample.in(directory.resolve("refused"));
    for (Map.Entry<String, String> odd : OddFunctions.all().entrySet()) {
      if (odd.getKey().equals("py2")) {
        continue;
      }
      TestSource source = TestSource.of(odd.getValue());
      for (int i = 0; i < source.scan().functions().size(); i++) {
        if (source.function(i).skip() != null || endsBehindBackslash(source.code(i))) {
          continue;
        }
        List<Insertion> correct = source.reference(i, policy);
        for (int round = 0; round < MUTANTS_PER_FUNCTION; round++) {
          byte[] code = source.code(i);
          ScannedFunction mutant = AnchorMutant.of(source.function(i), code, random);
          ExceptionPolicy exceptions = source.policy(i, policy);
          List<Insertion> insertions;
          try {
            insertions = ReferenceInserter.insertions(mutant, code, exceptions);
          } catch (IndexOutOfBoundsException e) {
            continue; // a return near the end of the text
          }
          boolean passes =
              new PythonVerifier()
                  .verify(mutant, code, Telemetry.of(exceptions), insertions)
                  .isAccepted();
          boolean applicable = insertions.stream().allMatch(a -> a.offset() <= code.length);
          if (applicable && !insertions.equals(correct) && (passes || round % 5 == 0)) {
            (passes ? accepted : refused).add(source, i, insertions);
          }
        }
      }
    }

    assertThat(accepted.judged().output()).as("seed %s", seed).contains("\"wrong\": 0");
    assertThat(accepted.count).isGreaterThan(20);
    int wrong = refused.wrong();
    assertThat(wrong).as("seed %s, of %s refused", seed, refused.count).isGreaterThan(100);
  }

  /**
   * Tokens cannot tell a last line that is continued from one that the file cuts off; the compile
   * step at assembly can.
   */
  private static boolean endsBehindBackslash(byte[] code) {
    return new String(code, UTF_8).stripTrailing().endsWith("\\");
  }

  /** Files before and after, for the judge. */
  private static final class Sample {
    private final Path originals;
    private final Path instrumented;
    private int count;

    private Sample(Path directory) {
      originals = directory.resolve("originals");
      instrumented = directory.resolve("instrumented");
    }

    static Sample in(Path directory) throws Exception {
      Sample sample = new Sample(directory);
      Files.createDirectories(sample.originals);
      Files.createDirectories(sample.instrumented);
      return sample;
    }

    void add(TestSource source, int function, List<Insertion> insertions) throws Exception {
      int start = source.scan().functions().get(function).start();
      byte[] applied =
          Insertions.apply(
              source.utf8(),
              insertions.stream().map(i -> new Insertion(start + i.offset(), i.text())).toList());
      String name = "m" + count++ + ".py";
      Files.write(originals.resolve(name), source.utf8());
      String text = PythonForms.IMPORT + "\n" + new String(applied, UTF_8);
      Files.write(instrumented.resolve(name), text.getBytes(UTF_8));
    }

    Python.Run judged() throws Exception {
      return Python.run(
          List.of(
              Python.testFile("program_judge.py"),
              "--before-compiling",
              originals.toString(),
              instrumented.toString()));
    }

    int wrong() throws Exception {
      String report = judged().output();
      return Integer.parseInt(report.replaceAll("(?s).*\"wrong\": (\\d+).*", "$1"));
    }
  }
}
