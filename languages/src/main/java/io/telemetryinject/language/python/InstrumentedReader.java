package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.model.Insertion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the insertions off an instrumented text: between the slots it must be the original, byte
 * for byte, and in each slot one of the texts that fill it.
 */
final class InstrumentedReader {
  private static final List<String> LINE_BREAKS = List.of("\r\n", "\n", "\r");

  private final byte[] code;
  private final PythonForms forms;
  private final List<Slot> slots;

  InstrumentedReader(ScannedFunction function, byte[] code, PythonForms forms) {
    this.code = code;
    this.forms = forms;
    this.slots = PythonSlots.of(function.body(), code, forms);
  }

  Optional<List<Insertion>> read(byte[] instrumented) {
    List<Insertion> insertions = new ArrayList<>();
    int done = 0;
    int at = 0;
    for (Slot slot : slots) {
      int length = slot.offset() - done;
      if (!isOriginal(instrumented, at, done, length)) {
        return Optional.empty();
      }
      at += length;
      done = slot.offset();
      String text = filling(slot, instrumented, at);
      if (text == null) {
        return Optional.empty();
      }
      insertions.add(new Insertion(slot.offset(), text));
      at += text.getBytes(UTF_8).length;
    }
    int rest = code.length - done;
    boolean whole = isOriginal(instrumented, at, done, rest);
    return whole && isLineBreakAtMost(instrumented, at + rest)
        ? Optional.of(insertions)
        : Optional.empty();
  }

  private boolean isOriginal(byte[] instrumented, int at, int from, int length) {
    return at + length <= instrumented.length
        && Arrays.equals(instrumented, at, at + length, code, from, from + length);
  }

  private static boolean isLineBreakAtMost(byte[] text, int at) {
    String rest = new String(text, at, text.length - at, UTF_8);
    return rest.isEmpty() || LINE_BREAKS.contains(rest);
  }

  /** The text that fills a slot at a place, or null when none does. */
  private @Nullable String filling(Slot slot, byte[] instrumented, int at) {
    return switch (slot.form()) {
      case HEAD -> head(slot, instrumented, at);
      case UNIT -> found(instrumented, at, forms.unit());
      case OPENER -> found(instrumented, at, (slot.spaced() ? " " : "") + PythonForms.OPENER);
      case CLOSER -> found(instrumented, at, PythonForms.CLOSER);
      case BARE_EXIT -> found(instrumented, at, PythonForms.BARE_EXIT);
      case BREAK -> firstFound(instrumented, at, forms::docstringBreak);
      case TAIL -> firstFound(instrumented, at, forms::tail);
    };
  }

  /** The head without attributes, or the shortest text with some that fills the slot. */
  private @Nullable String head(Slot slot, byte[] instrumented, int at) {
    String plain = firstFound(instrumented, at, forms::head);
    if (plain != null) {
      return plain;
    }
    String rest = new String(instrumented, at, instrumented.length - at, UTF_8);
    for (int end = rest.indexOf(AttributeLines.START); end >= 0; ) {
      end = lineEnd(rest, end + 1);
      String ending = forms.headEnding(PythonForms.lineBreakOf(rest));
      if (end >= 0 && rest.startsWith(ending, end)) {
        String head = rest.substring(0, end + ending.length());
        if (forms.fill(slot, head)) {
          return head;
        }
      }
      end = end < 0 ? -1 : rest.indexOf(AttributeLines.START, end);
    }
    return null;
  }

  /** Offset behind the next line break, or -1. */
  private static int lineEnd(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }

  private interface ByLineBreak {
    String text(String lineBreak);
  }

  private static @Nullable String firstFound(byte[] instrumented, int at, ByLineBreak form) {
    for (String lineBreak : LINE_BREAKS) {
      String text = found(instrumented, at, form.text(lineBreak));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable String found(byte[] instrumented, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return at + bytes.length <= instrumented.length
            && Arrays.equals(instrumented, at, at + bytes.length, bytes, 0, bytes.length)
        ? text
        : null;
  }
}
