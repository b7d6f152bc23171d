package io.telemetryinject.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.sandbox.ScriptSandbox;
import java.util.List;

/**
 * Tells a script that cannot read a function from a function that nobody can read: only the first
 * is worth another script.
 */
final class UnparsableFunctions {
  private final ScriptSandbox sandbox;

  UnparsableFunctions(ScriptSandbox sandbox) {
    this.sandbox = sandbox;
  }

  void reclassify(List<ReadyFunction> functions, ResultCollector results) {
    List<ReadyFunction> failed =
        functions.stream()
            .filter(f -> results.outcomeOf(f.execution()) instanceof Outcome.Failed)
            .toList();
    if (failed.isEmpty()) {
      return;
    }
    List<String> messages = sandbox.compile(failed.stream().map(this::standalone).toList());
    for (int i = 0; i < failed.size(); i++) {
      if (!messages.get(i).isEmpty()) {
        results.decide(
            failed.get(i).execution(), new Outcome.Rejected(RejectReason.PARSE, messages.get(i)));
      }
    }
  }

  /** The function's text as a program of its own: an indented one gets a block around it. */
  private byte[] standalone(ReadyFunction function) {
    byte[] code = function.code();
    boolean indented = code.length > 0 && (code[0] == ' ' || code[0] == '\t');
    return indented ? ("if 1:\n" + new String(code, UTF_8)).getBytes(UTF_8) : code;
  }
}
