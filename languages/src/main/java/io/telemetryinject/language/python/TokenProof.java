package io.telemetryinject.language.python;

import io.telemetryinject.language.Insertions;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves from tokens alone that an instrumented function is the original plus telemetry.
 *
 * <p>Needs to know the texts of the insertions, not the scanner's anchors: were these wrong, the
 * proof would fail. It walks the instrumented tokens; those that lie in an insertion must be a
 * whole telemetry statement in its place, all others must be the original's, in the same blocks.
 */
final class TokenProof {
  private static final int ENTRY_TOKENS = 10;
  private static final int ATTRIBUTE_TOKENS = 10;
  private static final int TRY_TOKENS = 2;
  private static final int OPENER_TOKENS = 7;
  private static final int CLOSER_TOKENS = 2;
  private static final int EXIT_TOKENS = 8;
  private static final int EXCEPT_TOKENS = 5;
  private static final int ERROR_AND_RAISE_TOKENS = 9;

  private final PythonTokens tokens;
  private final HeaderTokens header;
  private final OriginalTokens original;
  private final PythonForms forms;
  private final List<Insertion> insertions;
  private final List<Slot> slots;

  private int current; // the insertion that the walk is in, or comes to next
  private int currentStart; // in the instrumented text
  private int currentEnd;
  private int inserted; // bytes of all insertions before the current one
  private int seen; // tokens of the current insertion so far

  private int level;
  private boolean broken; // behind the break before the docstring
  private boolean entered;
  private boolean uncovered; // behind a return that must be covered
  private int covered = -1; // index of the return that a bare exit stands before
  private boolean open; // inside a return's value
  private int depth; // of brackets in that value
  private int valueTokens;

  private TokenProof(
      PythonTokens tokens,
      HeaderTokens header,
      OriginalTokens original,
      PythonForms forms,
      List<Insertion> insertions,
      List<Slot> slots) {
    this.tokens = tokens;
    this.header = header;
    this.original = original;
    this.forms = forms;
    this.insertions = insertions;
    this.slots = slots;
  }

  /** Checks insertions whose texts fill the slots, one by one. */
  static Verdict check(
      byte[] code, List<Insertion> insertions, List<Slot> slots, PythonForms forms) {
    try {
      // The text's own line break: without it, a last line that ends in a backslash has no end.
      byte[] lines = Arrays.copyOf(code, code.length + 1);
      lines[code.length] = '\n';
      PythonTokens before = PythonLexer.lex(lines);
      HeaderTokens header = HeaderTokens.of(before);
      if (header == null) {
        return Verdict.rejected(RejectReason.PRESERVATION, "no place for the entry behind the def");
      }
      PythonTokens after = PythonLexer.lex(Insertions.apply(lines, insertions));
      OriginalTokens original = new OriginalTokens(before, header);
      return new TokenProof(after, header, original, forms, insertions, slots).run();
    } catch (SourceRejectedException e) {
      return Verdict.rejected(RejectReason.PRESERVATION, "the result has no tokens: " + e.detail());
    }
  }

  private Verdict run() {
    come(0);
    for (int i = 0; i < tokens.count(); i++) {
      @Nullable Verdict refuted =
          switch (tokens.kind(i)) {
            case PythonTokens.INDENT -> {
              level++;
              yield null;
            }
            case PythonTokens.DEDENT -> {
              level--;
              yield null;
            }
            case PythonTokens.NEWLINE -> lineBreak(i);
            case PythonTokens.END -> end(i);
            default -> token(i);
          };
      if (refuted != null) {
        return refuted;
      }
    }
    return Verdict.accepted();
  }

  private @Nullable Verdict token(int i) {
    int start = tokens.start(i);
    if (!leaveBefore(start)) {
      return hidden();
    }
    if (currentStart >= tokens.end(i)) {
      return originalToken(i);
    }
    if (start < currentStart || tokens.end(i) > currentEnd) {
      return refuted("a token runs over the border of an insertion", start);
    }
    return telemetryToken(i);
  }

  private @Nullable Verdict originalToken(int i) {
    int start = tokens.start(i);
    if (uncovered) {
      return missing("a return without an exit", start);
    }
    int index = original.seek();
    boolean ownReturn = original.atOwnReturn();
    if (!entered && index >= header.firstStatement()) {
      return missing("a body without an entry", start);
    }
    int moved = entered ? telemetryLevels() : broken ? 1 : 0;
    if (level != original.level() + moved) {
      return refuted("a statement in another block", start);
    }
    if (!original.take(tokens.kind(i), start - inserted, tokens.end(i) - inserted)) {
      return refuted("another token than the original's", start);
    }
    uncovered = ownReturn && covered != index;
    if (open) {
      valueTokens++;
      depth += HeaderTokens.nesting(tokens, i);
      if (depth < 0 || (depth == 0 && tokens.isOp(i, ';'))) {
        return refuted("an opener without its closer", start);
      }
    }
    return null;
  }

  private @Nullable Verdict telemetryToken(int i) {
    boolean first = ++seen == 1;
    int start = tokens.start(i);
    PythonForm form = slots.get(current).form();
    if (uncovered && form != PythonForm.OPENER) {
      return missing("a return without an exit", start);
    }
    boolean placed =
        switch (form) {
          case HEAD -> level == header.level() + 1 && (!first || enters());
          case BREAK, UNIT -> false;
          case OPENER -> !first || opens();
          case CLOSER -> !first || closes();
          case BARE_EXIT -> !first || coversBareReturn();
          case TAIL -> level == tailLevel(seen) && (!first || original.atEnd());
        };
    return placed ? null : refuted(form.phrase() + " out of its place", start);
  }

  private boolean enters() {
    return !entered
        && broken == header.holdsDocstring()
        && original.seek() == header.firstStatement();
  }

  private boolean opens() {
    boolean legal = uncovered && !open;
    uncovered = false;
    open = true;
    depth = 0;
    valueTokens = 0;
    return legal;
  }

  private boolean closes() {
    boolean legal = open && depth == 0 && valueTokens > 0 && original.atStatementEnd();
    open = false;
    return legal;
  }

  private boolean coversBareReturn() {
    boolean again = covered == original.seek();
    covered = original.seek();
    return !again && !open && original.atOwnBareReturn();
  }

  private @Nullable Verdict lineBreak(int i) {
    int start = tokens.start(i);
    if (uncovered) {
      return missing("a return without an exit", start);
    }
    if (!leaveBefore(start)) {
      return hidden();
    }
    if (original.takeLineBreak()) {
      return open ? refuted("an opener without its closer", start) : null;
    }
    boolean tailIsDone = current == slots.size() && original.atEnd();
    boolean ours =
        currentStart <= start
            && start < currentEnd
            && switch (slots.get(current).form()) {
              case HEAD, TAIL -> true;
              case BREAK -> header.holdsDocstring() && original.seek() == header.body();
              default -> false;
            };
    return tailIsDone || ours ? null : refuted("a line break of its own", start);
  }

  private @Nullable Verdict end(int i) {
    if (!leaveBefore(tokens.start(i))) {
      return hidden();
    }
    boolean whole = entered && !open && !uncovered && original.atEnd();
    return whole && current == slots.size() ? null : missing("a part", tokens.start(i));
  }

  /**
   * Leaves the insertions that end before an offset; false if one had other tokens than it must.
   */
  private boolean leaveBefore(int offset) {
    while (current < slots.size() && currentEnd <= offset) {
      if (seen != tokensOf(current)) {
        return false;
      }
      entered |= slots.get(current).form() == PythonForm.HEAD;
      broken |= slots.get(current).form() == PythonForm.BREAK;
      inserted += currentEnd - currentStart;
      come(current + 1);
    }
    return true;
  }

  private void come(int insertion) {
    current = insertion;
    seen = 0;
    if (insertion == slots.size()) {
      currentStart = Integer.MAX_VALUE;
      currentEnd = Integer.MAX_VALUE;
      return;
    }
    Insertion coming = insertions.get(insertion);
    currentStart = coming.offset() + inserted;
    currentEnd = currentStart + utf8Length(coming.text());
  }

  private static int utf8Length(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return text.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return text.length();
  }

  private int tokensOf(int insertion) {
    int tryTokens = forms.captures() ? TRY_TOKENS : 0;
    return switch (slots.get(insertion).form()) {
      case HEAD ->
          ENTRY_TOKENS
              + ATTRIBUTE_TOKENS * forms.attributesIn(insertions.get(insertion).text())
              + tryTokens;
      case BREAK, UNIT -> 0;
      case OPENER -> OPENER_TOKENS;
      case CLOSER -> CLOSER_TOKENS;
      case BARE_EXIT -> EXIT_TOKENS + 1;
      case TAIL -> exitTokens() + (forms.captures() ? EXCEPT_TOKENS + ERROR_AND_RAISE_TOKENS : 0);
    };
  }

  private int exitTokens() {
    return forms.exitsAtTheEnd() ? EXIT_TOKENS : 0;
  }

  /** Blocks that telemetry adds around the body. */
  private int telemetryLevels() {
    return (forms.captures() ? 1 : 0) + (header.oneLine() ? 1 : 0);
  }

  private int tailLevel(int token) {
    int body = header.level() + 1;
    if (token <= exitTokens()) {
      return forms.captures() ? body + 1 : body;
    }
    return token <= exitTokens() + EXCEPT_TOKENS ? body : body + 1;
  }

  private Verdict hidden() {
    return refuted(slots.get(current).form().phrase() + " is no code of its own", currentStart);
  }

  private static Verdict refuted(String what, int offset) {
    return Verdict.rejected(
        RejectReason.PRESERVATION, what + " at byte " + offset + " of the result");
  }

  private static Verdict missing(String what, int offset) {
    return Verdict.rejected(RejectReason.COVERAGE, what + " at byte " + offset + " of the result");
  }
}
