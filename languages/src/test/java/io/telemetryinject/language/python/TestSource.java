package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Python text with its scan, and what the pipeline does to it with a correct script. */
record TestSource(byte[] utf8, SourceScan scan) {
  static final PythonScanner SCANNER = new PythonScanner(CompiledDecorators.DEFAULT);
  private static final PythonVerifier VERIFIER = new PythonVerifier();

  static TestSource of(String text) {
    return of(text.getBytes(UTF_8));
  }

  static TestSource of(byte[] utf8) {
    try {
      return new TestSource(utf8, SCANNER.scan(utf8));
    } catch (SourceRejectedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A function with offsets of its own, as tasks carry it. */
  ScannedFunction function(int index) {
    return scan.functions().get(index).relative();
  }

  /** The first function of a name. */
  ScannedFunction function(String name) {
    return function(index(name));
  }

  byte[] code(ScannedFunction function) {
    int index = index(function.name());
    return code(index);
  }

  byte[] code(int index) {
    ScannedFunction function = scan.functions().get(index);
    return Arrays.copyOfRange(utf8, function.start(), function.end());
  }

  int index(String name) {
    for (int i = 0; i < scan.functions().size(); i++) {
      if (scan.functions().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no function " + name);
  }

  /** The policy that holds where the run captures: not every function can. */
  ExceptionPolicy policy(int index, ExceptionPolicy run) {
    return function(index).body().capturable() ? run : ExceptionPolicy.IGNORE;
  }

  List<Insertion> reference(int index, ExceptionPolicy run) {
    return ReferenceInserter.insertions(function(index), code(index), policy(index, run));
  }

  Verdict verify(int index, ExceptionPolicy run, List<Insertion> insertions) {
    return verify(index, Telemetry.of(policy(index, run)), insertions);
  }

  Verdict verify(int index, Telemetry telemetry, List<Insertion> insertions) {
    return VERIFIER.verify(function(index), code(index), telemetry, insertions);
  }

  /** What a whole run does: every function that rule does not skip. */
  List<Insertion> compose(ExceptionPolicy run) {
    Map<Integer, List<Insertion>> accepted = new LinkedHashMap<>();
    for (int i = 0; i < scan.functions().size(); i++) {
      if (function(i).skip() == null) {
        List<Insertion> insertions = reference(i, run);
        Verdict verdict = verify(i, run, insertions);
        if (!verdict.isAccepted()) {
          throw new AssertionError(function(i).qualifiedName() + ": " + verdict);
        }
        accepted.put(i, insertions);
      }
    }
    return compose(accepted);
  }

  List<Insertion> compose(Map<Integer, List<Insertion>> accepted) {
    return new PythonComposer().compose(utf8, scan, accepted);
  }

  String instrumented(ExceptionPolicy run) {
    return new String(Insertions.apply(utf8, compose(run)), UTF_8);
  }
}
