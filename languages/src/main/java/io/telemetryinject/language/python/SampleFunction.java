package io.telemetryinject.language.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A function made up to have given traits, and what must become of it; both grow together, line by
 * line, so that the expectation owes nothing to a script.
 *
 * @param source without telemetry
 * @param capture with telemetry that reports exceptions
 * @param ignore with telemetry that does not
 */
record SampleFunction(
    String name,
    String qualifiedName,
    List<String> parameters,
    String source,
    String capture,
    String ignore) {

  /**
   * Makes one up.
   *
   * @param header the parameters as the def line lists them
   * @param parameters their bare names
   */
  static SampleFunction of(
      Set<String> traits,
      String name,
      String qualifiedName,
      String header,
      List<String> parameters) {
    String names = String.join(", ", parameters);
    Writer writer = new Writer(traits, "'" + qualifiedName + "', '" + names + "'");
    writer.header(name, header);
    if (traits.contains("one-line")) {
      writer.bodyOnHeaderLine();
    } else {
      writer.bodyOnItsOwnLines();
    }
    return new SampleFunction(
        name,
        qualifiedName,
        parameters,
        writer.source.toString(),
        writer.capture.toString(),
        writer.ignore.toString());
  }

  private static final class Writer {
    private static final String EXIT = "_tel.func_exit(_tel_func, None)";
    private static final String VALUED = "_tel.func_exit(_tel_func, (";

    private final Set<String> traits;
    private final String entry;
    private final String unit;
    private final String margin;
    private final String indent;
    private final StringBuilder source = new StringBuilder();
    private final StringBuilder capture = new StringBuilder();
    private final StringBuilder ignore = new StringBuilder();

    Writer(Set<String> traits, String literals) {
      this.traits = traits;
      unit = traits.contains("tabs") ? "\t" : "    ";
      // A tab in a body on the header's line can only come from in front of the header.
      boolean tabbed = traits.contains("one-line") && traits.contains("tabs");
      margin = traits.contains("method") || tabbed ? unit : "";
      indent = margin + unit;
      entry = indent + "_tel_func = _tel.func_entry(" + literals + ")\n";
    }

    void header(String name, String parameters) {
      if (traits.contains("decorated")) {
        all(margin + "@decorate('größe')  # ü\n");
      }
      boolean async = traits.contains("coroutine") || traits.contains("async-generator");
      all(margin + (async ? "async def " : "def ") + name + "(" + parameters + "):");
    }

    void bodyOnItsOwnLines() {
      all("\n");
      if (traits.contains("docstring")) {
        all(indent + "\"\"\"Größe.\n\n" + indent + "Return nothing.\n" + indent + "\"\"\"\n");
      }
      all(indent + "# A comment: größe.\n");
      inserted(entry);
      capture.append(indent).append("try:\n");
      moved("@decorate\n");
      moved("def inner(): return 'größe'\n");
      if (traits.contains("strings")) {
        moved("text = '''größe\n");
        all(indent + "return text\n\n  ''' + \\\n");
        moved(unit + "'\\\n");
        all("'\n");
      }
      all("\n");
      if (traits.contains("coroutine")) {
        moved("await inner()\n");
      } else if (traits.contains("generator") || traits.contains("async-generator")) {
        moved("yield inner()\n");
      }
      returnsOnTheWay();
      lastStatement();
      endOfCapture();
    }

    private void returnsOnTheWay() {
      moved("for part in [1,\n");
      all("\n");
      moved("# In brackets.\n");
      moved("        2]:\n");
      if (bare()) {
        moved(unit + "if part: ");
        bareReturn();
        all("  # return\n");
      }
      if (valued()) {
        moved(unit + "if not part:\n");
        moved(unit + unit + "return");
        inserted(" " + VALUED);
        all("[part,\n");
        moved("\t# In a value.\n");
        moved(unit + unit + "        'größe']");
        inserted("))");
        all(" ; \n");
      }
      moved(unit + "print('größe', part)\n");
    }

    private void lastStatement() {
      if (traits.contains("falls-through")) {
        moved("print('größe');  # The end: größe.");
        ignore.append('\n').append(indent).append(EXIT);
        capture.append('\n').append(indent).append(unit).append(EXIT);
      } else if (valued()) {
        moved("return ");
        inserted(VALUED);
        all("(yield_ := 'größe'), *()");
        inserted("))");
        all("  # The end: größe.");
      } else if (bare()) {
        moved("");
        bareReturn();
        all("  # The end: größe.");
      } else {
        moved("raise ValueError('größe')  # The end: größe.");
      }
    }

    void bodyOnHeaderLine() {
      all(traits.contains("docstring") ? "\n" + indent + "'Größe.'; " : " ");
      capture.append('\n').append(entry).append(indent).append("try:\n").append(indent + unit);
      ignore.append('\n').append(entry).append(indent);
      List<Runnable> statements = new ArrayList<>();
      statements.add(
          () -> {
            all("part = ['größe',\n");
            capture.append(unit);
            all("  2]");
          });
      if (traits.contains("strings")) {
        statements.add(() -> all("text = '''größe\n  return'''"));
      }
      if (traits.contains("coroutine")) {
        statements.add(() -> all("await part"));
      } else if (traits.contains("generator") || traits.contains("async-generator")) {
        statements.add(() -> all("yield part"));
      }
      if (bare()) {
        statements.add(this::bareReturn);
      }
      if (valued()) {
        statements.add(
            () -> {
              all("return ");
              inserted(VALUED);
              all("'größe'");
              inserted("))");
            });
      }
      if (traits.contains("falls-through")) {
        statements.add(() -> all("print('größe')"));
      } else if (!bare() && !valued()) {
        statements.add(() -> all("raise ValueError('größe')"));
      }
      for (int i = 0; i < statements.size(); i++) {
        all(i == 0 ? "" : "; ");
        statements.get(i).run();
      }
      all("  # The end: größe.");
      if (traits.contains("falls-through")) {
        ignore.append('\n').append(indent).append(EXIT);
        capture.append('\n').append(indent).append(unit).append(EXIT);
      }
      endOfCapture();
    }

    private void endOfCapture() {
      capture.append('\n').append(indent).append("except BaseException as _tel_exc:");
      capture.append('\n').append(indent + unit);
      capture.append("_tel.func_error(_tel_func, _tel_exc)");
      capture.append('\n').append(indent + unit).append("raise");
    }

    private boolean bare() {
      return traits.contains("returns-bare") || traits.contains("returns-mixed");
    }

    private boolean valued() {
      return traits.contains("returns-value") || traits.contains("returns-mixed");
    }

    private void bareReturn() {
      inserted(EXIT + "; ");
      all("return");
    }

    /** Text that starts a line and moves to the right where exceptions are captured. */
    private void moved(String text) {
      capture.append(unit);
      all(indent + text);
    }

    private void inserted(String text) {
      capture.append(text);
      ignore.append(text);
    }

    private void all(String text) {
      source.append(text);
      inserted(text);
    }
  }
}
