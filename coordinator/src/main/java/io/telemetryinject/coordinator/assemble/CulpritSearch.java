package io.telemetryinject.coordinator.assemble;

import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.sandbox.ScriptSandbox;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the functions whose insertions keep a file from compiling, and takes them out: a file never
 * fails for one function.
 */
final class CulpritSearch {
  private final ScriptSandbox compiler;
  private final FileDraft draft;
  private final List<Integer> kept = new ArrayList<>();

  CulpritSearch(ScriptSandbox compiler, FileDraft draft) {
    this.compiler = compiler;
    this.draft = draft;
  }

  /** Leaves the draft with a set of functions that compiles. */
  void search(String message) {
    List<String> original = compiler.compile(List.of(draft.bytes()));
    if (!original.get(0).isEmpty()) {
      rejectAll(RejectReason.PARSE, original.get(0));
      return;
    }
    tryGroup(List.copyOf(draft.accepted()), message);
  }

  /** Keeps a group that compiles with what is kept already; else halves it, down to one culprit. */
  private void tryGroup(List<Integer> group, String message) {
    if (group.size() == 1) {
      draft.reject(group.get(0), new Outcome.Rejected(RejectReason.COMPILE, message));
      return;
    }
    int middle = group.size() / 2;
    for (List<Integer> half :
        List.of(group.subList(0, middle), group.subList(middle, group.size()))) {
      List<Integer> together = new ArrayList<>(kept);
      together.addAll(half);
      String problem = compiler.compile(List.of(draft.compose(together))).get(0);
      if (problem.isEmpty()) {
        kept.addAll(half);
      } else {
        tryGroup(half, problem);
      }
    }
  }

  private void rejectAll(RejectReason reason, String message) {
    for (int function : draft.accepted()) {
      draft.reject(function, new Outcome.Rejected(reason, message));
    }
  }
}
