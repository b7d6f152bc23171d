package io.telemetryinject.language.python;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A function's text with the telemetry that a correct script gives it. */
final class Canonical {
  private Canonical() {}

  /** What a run of this policy inserts. */
  static List<Insertion> insertions(String source, ExceptionPolicy policy) {
    boolean room = Scans.alone(source).body().capturable();
    return forced(source, room ? policy : ExceptionPolicy.IGNORE);
  }

  static String apply(String source, List<Insertion> insertions) {
    return new String(Insertions.apply(Scans.utf8(source), insertions), StandardCharsets.UTF_8);
  }

  static String instrumented(String source, ExceptionPolicy policy) {
    return apply(source, insertions(source, policy));
  }

  /** With exceptions captured even where the scanner sees no room for it. */
  static String captured(String source) {
    return apply(source, forced(source, ExceptionPolicy.CAPTURE));
  }

  private static List<Insertion> forced(String source, ExceptionPolicy policy) {
    ScannedFunction function = Scans.alone(source);
    return ReferenceInserter.insertions(function, Scans.utf8(source), policy);
  }
}
