package io.telemetryinject.language.python;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.language.InsertionVerifier;
import io.telemetryinject.language.Instrumentation;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Accepts a function's telemetry and nothing else.
 *
 * <p>Two checks that share no reasoning: the insertions must fill exactly the slots that follow
 * from the scanner's anchors, and the tokens of the instrumented text must be those of the original
 * around complete telemetry statements, whatever the scanner said. Work is bounded by the
 * function's size, not by that of the list.
 */
final class PythonVerifier implements InsertionVerifier {
  private static final Pattern ANY_ENTRY =
      Pattern.compile("_tel_func = _tel\\.func_entry\\('[^'\r\n]*+', '[^'\r\n]*+'\\)");

  @Override
  public Verdict verify(
      ScannedFunction function, byte[] code, Telemetry telemetry, List<Insertion> insertions) {
    if (function.skip() != null) {
      return Verdict.rejected(
          RejectReason.PRESERVATION, "rule leaves this function alone: " + function.skip());
    }
    if (function.instrumentation() != Instrumentation.NONE) {
      return insertions.isEmpty() && function.instrumentation() == Instrumentation.COMPLETE
          ? Verdict.accepted()
          : Verdict.rejected(RejectReason.COVERAGE, "the function carries telemetry already");
    }
    PythonForms forms = new PythonForms(function, telemetry);
    if (!forms.quotable()) {
      return Verdict.rejected(RejectReason.LITERAL, "the function's name cannot be a literal");
    }
    List<Slot> slots = PythonSlots.of(function.body(), code, forms);
    Verdict places = checkPlaces(code, insertions, slots.size());
    if (!places.isAccepted()) {
      return places;
    }
    Verdict filled = checkSlots(slots, forms, insertions);
    return filled.isAccepted() ? TokenProof.check(code, insertions, slots, forms) : filled;
  }

  /** Offsets ascend within the text and split no character; looks at one insertion too many. */
  private static Verdict checkPlaces(byte[] code, List<Insertion> insertions, int slots) {
    int previous = 0;
    for (int i = 0; i < insertions.size() && i <= slots; i++) {
      int offset = insertions.get(i).offset();
      if (offset < previous || offset > code.length) {
        return refused(i, offset, "expected an offset in " + previous + ".." + code.length);
      }
      if (offset < code.length && (code[offset] & 0xC0) == 0x80) {
        return refused(i, offset, "inside a character");
      }
      previous = offset;
    }
    return Verdict.accepted();
  }

  private static Verdict checkSlots(
      List<Slot> slots, PythonForms forms, List<Insertion> insertions) {
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (i == insertions.size()) {
        return Verdict.rejected(RejectReason.COVERAGE, "nothing is left for " + wanted(slot));
      }
      Insertion insertion = insertions.get(i);
      if (insertion.offset() != slot.offset() || !forms.fill(slot, insertion.text())) {
        return mismatch(i, insertion, slot, slots, forms);
      }
    }
    if (insertions.size() > slots.size()) {
      int i = slots.size();
      Insertion extra = insertions.get(i);
      return isTelemetry(extra, slots, forms)
          ? Verdict.rejected(RejectReason.COVERAGE, "insertion " + i + " reports a second time")
          : refused(i, extra.offset(), "expected no more insertions");
    }
    return Verdict.accepted();
  }

  private static Verdict mismatch(
      int i, Insertion insertion, Slot slot, List<Slot> slots, PythonForms forms) {
    if (isTelemetry(insertion, slots, forms)) {
      return Verdict.rejected(
          RejectReason.COVERAGE,
          "insertion " + i + " at byte " + insertion.offset() + ": expected " + wanted(slot));
    }
    boolean head = slot.form() == PythonForm.HEAD && insertion.offset() == slot.offset();
    if (head && forms.holdsAttributes(insertion.text())) {
      Verdict verdict = forms.judgeAttributes(insertion.text());
      return Verdict.rejected(
          requireNonNull(verdict.reason()),
          "insertion " + i + " at byte " + insertion.offset() + ": " + verdict.detail());
    }
    if (head && isHeadOfAnother(insertion.text(), forms)) {
      return Verdict.rejected(
          RejectReason.LITERAL,
          "insertion "
              + i
              + " at byte "
              + insertion.offset()
              + ": expected the function's own name"
              + " and parameters");
    }
    return refused(i, insertion.offset(), "expected " + wanted(slot));
  }

  /** Whether an insertion would do somewhere in the function, if not at this place in the list. */
  private static boolean isTelemetry(Insertion insertion, List<Slot> slots, PythonForms forms) {
    return slots.stream()
        .anyMatch(s -> s.offset() == insertion.offset() && forms.fill(s, insertion.text()));
  }

  private static boolean isHeadOfAnother(String text, PythonForms forms) {
    var entry = ANY_ENTRY.matcher(text);
    return entry.find() && text.equals(forms.head(PythonForms.lineBreakOf(text), entry.group()));
  }

  private static String wanted(Slot slot) {
    return slot.form().phrase() + " at byte " + slot.offset();
  }

  private static Verdict refused(int i, int offset, String why) {
    return Verdict.rejected(
        RejectReason.PRESERVATION, "insertion " + i + " at byte " + offset + ": " + why);
  }
}
