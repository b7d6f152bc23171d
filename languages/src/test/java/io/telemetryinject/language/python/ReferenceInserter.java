package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a correct script answers, written a second time from a function's anchors: shares no text
 * and no order with the code it tests.
 */
final class ReferenceInserter {
  private final List<Insertion> insertions = new ArrayList<>();

  private ReferenceInserter() {}

  static List<Insertion> insertions(
      ScannedFunction function, byte[] code, ExceptionPolicy exceptions) {
    return insertions(function, code, exceptions, firstLineBreak(code));
  }

  static List<Insertion> insertions(
      ScannedFunction function, byte[] code, ExceptionPolicy exceptions, String nl) {
    return new ReferenceInserter().run(function, code, exceptions == ExceptionPolicy.CAPTURE, nl);
  }

  private List<Insertion> run(ScannedFunction function, byte[] code, boolean capture, String nl) {
    FunctionBody body = function.body();
    String indent = body.indent();
    String inner = capture ? indent + body.unit() : indent;
    String entry =
        "_tel_func = _tel.func_entry('%s', '%s')"
            .formatted(
                function.qualifiedName(),
                function.parameters().stream()
                    .map(Parameter::name)
                    .collect(Collectors.joining(", ")));
    String guard = capture ? indent + "try:" + nl : "";
    if (body.inline() && body.docstring() != null) {
      add(body.start(), nl + indent);
    }
    if (body.ownLine()) {
      add(body.firstLine(), indent + entry + nl + guard);
    } else {
      add(body.firstStatement(), nl + indent + entry + nl + guard + inner);
    }
    if (capture) {
      body.lines().forEach(line -> add(line, body.unit()));
    }
    for (ReturnStatement statement : body.returns()) {
      addReturn(statement, code);
    }
    String tail = "";
    if (body.fallsThrough()) {
      tail += nl + inner + "_tel.func_exit(_tel_func, None)";
    }
    if (capture) {
      tail += nl + indent + "except BaseException as _tel_exc:";
      tail += nl + inner + "_tel.func_error(_tel_func, _tel_exc)";
      tail += nl + inner + "raise";
    }
    if (!tail.isEmpty()) {
      add(body.tail(), tail);
    }
    insertions.sort(Comparator.comparingInt(Insertion::offset));
    return List.copyOf(insertions);
  }

  private void addReturn(ReturnStatement statement, byte[] code) {
    if (statement.bare()) {
      add(statement.keyword(), "_tel.func_exit(_tel_func, None); ");
      return;
    }
    int value = statement.keyword() + "return".length();
    while (" \t\f".indexOf(code[value]) >= 0) {
      value++;
    }
    boolean glued = value == statement.keyword() + "return".length();
    add(value, (glued ? " " : "") + "_tel.func_exit(_tel_func, (");
    add(statement.end(), "))");
  }

  private void add(int offset, String text) {
    insertions.add(new Insertion(offset, text));
  }

  private static String firstLineBreak(byte[] code) {
    for (int i = 0; i < code.length; i++) {
      if (code[i] == '\n') {
        return "\n";
      }
      if (code[i] == '\r') {
        return i + 1 < code.length && code[i + 1] == '\n' ? "\r\n" : "\r";
      }
    }
    return "\n";
  }
}
