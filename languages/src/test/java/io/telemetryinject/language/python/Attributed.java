package io.telemetryinject.language.python;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Adds lines to a correct head, behind its entry. */
final class Attributed {
  private Attributed() {}

  /** The list with these statements, each on a line of its own. */
  static List<Insertion> with(
      ScannedFunction function, List<Insertion> plain, List<String> statements) {
    StringBuilder lines = new StringBuilder();
    String lineBreak = PythonForms.lineBreakOf(plain.get(head(plain)).text());
    statements.forEach(s -> lines.append(function.body().indent()).append(s).append(lineBreak));
    return withText(plain, lines.toString());
  }

  /** The list with a text behind the entry's line. */
  static List<Insertion> withText(List<Insertion> plain, String lines) {
    Insertion head = plain.get(head(plain));
    String lineBreak = PythonForms.lineBreakOf(head.text());
    int entry = head.text().indexOf("_tel.func_entry");
    int at = head.text().indexOf(lineBreak, entry) + lineBreak.length();
    List<Insertion> list = new ArrayList<>(plain);
    String text = head.text().substring(0, at) + lines + head.text().substring(at);
    list.set(head(plain), new Insertion(head.offset(), text));
    return list;
  }

  private static int head(List<Insertion> plain) {
    return plain.get(0).text().isBlank() ? 1 : 0;
  }

  /** An attribute for each parameter that may be recorded. */
  static List<String> statements(ScannedFunction function) {
    return function.parameters().stream()
        .map(Parameter::name)
        .filter(name -> name.matches("[a-z]\\w*") && !name.equals("self"))
        .filter(name -> !DeniedNames.contain(name))
        .map(
            name ->
                "_tel.attr(_tel_func, '"
                    + name.toLowerCase(java.util.Locale.ROOT)
                    + "', "
                    + name
                    + ")")
        .toList();
  }
}
