package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.ReturnStatement;
import java.util.ArrayList;
import java.util.List;

/** Lists what must be inserted into a function, from its anchors. */
final class PythonSlots {
  private static final int RETURN = "return".length();

  private PythonSlots() {}

  /** Every slot of a function, in the order in which insertions must fill them. */
  static List<Slot> of(FunctionBody body, byte[] code, PythonForms forms) {
    List<Integer> lines = forms.captures() ? body.lines() : List.of();
    List<Slot> slots = new ArrayList<>(3 + lines.size() + 2 * body.returns().size());
    if (body.holdsDocstringInline()) {
      slots.add(new Slot(body.start(), PythonForm.BREAK));
    }
    slots.add(new Slot(body.ownLine() ? body.firstLine() : body.firstStatement(), PythonForm.HEAD));
    int line = 0;
    for (ReturnStatement own : body.returns()) {
      int first = own.bare() ? own.keyword() : behindBlanks(code, own.keyword() + RETURN);
      line = addUnits(slots, lines, line, first);
      if (own.bare()) {
        slots.add(new Slot(first, PythonForm.BARE_EXIT));
      } else {
        boolean spaced = first == own.keyword() + RETURN;
        slots.add(new Slot(first, PythonForm.OPENER, spaced));
        line = addUnits(slots, lines, line, own.end());
        slots.add(new Slot(own.end(), PythonForm.CLOSER));
      }
    }
    addUnits(slots, lines, line, Integer.MAX_VALUE);
    if (forms.hasTail()) {
      slots.add(new Slot(body.tail(), PythonForm.TAIL));
    }
    return slots;
  }

  /** Adds the units of lines that start up to an offset; answers the first line left over. */
  private static int addUnits(List<Slot> slots, List<Integer> lines, int from, int upTo) {
    int line = from;
    while (line < lines.size() && lines.get(line) <= upTo) {
      slots.add(new Slot(lines.get(line), PythonForm.UNIT));
      line++;
    }
    return line;
  }

  private static int behindBlanks(byte[] code, int offset) {
    int at = offset;
    while (at < code.length && (code[at] == ' ' || code[at] == '\t' || code[at] == '\f')) {
      at++;
    }
    return at;
  }
}
