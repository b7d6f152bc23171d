package io.telemetryinject.language.python;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The insertions that a correct script gives for a function's text. */
final class Canonical {
  private Canonical() {}

  static List<Insertion> insertions(String source, ExceptionPolicy policy) {
    ScannedFunction function = Scans.alone(source);
    boolean room = function.body().capturable();
    PythonForms forms = new PythonForms(function, room ? policy : ExceptionPolicy.IGNORE);
    String lineBreak = PythonForms.lineBreakOf(source);
    List<Insertion> insertions = new ArrayList<>();
    for (Slot slot : PythonSlots.of(function.body(), Scans.utf8(source), forms)) {
      insertions.add(new Insertion(slot.offset(), text(slot, forms, function, lineBreak)));
    }
    return insertions;
  }

  static String apply(String source, List<Insertion> insertions) {
    return new String(Insertions.apply(Scans.utf8(source), insertions), StandardCharsets.UTF_8);
  }

  static String instrumented(String source, ExceptionPolicy policy) {
    return apply(source, insertions(source, policy));
  }

  private static String text(
      Slot slot, PythonForms forms, ScannedFunction function, String lineBreak) {
    return switch (slot.form()) {
      case HEAD -> forms.head(lineBreak);
      case UNIT -> function.body().unit();
      case OPENER -> (slot.spaced() ? " " : "") + PythonForms.OPENER;
      case CLOSER -> PythonForms.CLOSER;
      case BARE_EXIT -> PythonForms.BARE_EXIT;
      case TAIL -> forms.tail(lineBreak);
    };
  }
}
