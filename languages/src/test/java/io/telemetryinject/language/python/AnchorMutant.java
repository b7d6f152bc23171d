package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.language.ScannedFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A function whose anchors a faulty scanner got wrong. */
final class AnchorMutant {
  private final Random random;
  private final int length;
  private int firstStatement;
  private boolean inline;
  private boolean ownLine;
  private int firstLine;
  private String indent;
  private String unit;
  private int tail;
  private final List<ReturnStatement> returns;
  private final List<Integer> lines;

  private AnchorMutant(FunctionBody body, int length, Random random) {
    this.random = random;
    this.length = length;
    firstStatement = body.firstStatement();
    inline = body.inline();
    ownLine = body.ownLine();
    firstLine = body.firstLine();
    indent = body.indent();
    unit = body.unit();
    tail = body.tail();
    returns = new ArrayList<>(body.returns());
    lines = new ArrayList<>(body.lines());
  }

  /** One anchor changed, or two. */
  static ScannedFunction of(ScannedFunction function, byte[] code, Random random) {
    FunctionBody body = function.body();
    AnchorMutant mutant = new AnchorMutant(body, code.length, random);
    for (int change = 1 + random.nextInt(2); change > 0; change--) {
      mutant.change(lineStarts(code));
    }
    FunctionBody changed =
        new FunctionBody(
            body.start(),
            mutant.inline,
            body.docstring(),
            mutant.firstStatement,
            mutant.ownLine,
            mutant.firstLine,
            mutant.indent,
            mutant.unit,
            body.end(),
            mutant.tail,
            body.fallsThrough(),
            mutant.returns,
            mutant.lines,
            body.spansStrings(),
            body.capturable());
    return with(function, changed);
  }

  /** The function with other anchors. */
  static ScannedFunction with(ScannedFunction function, FunctionBody body) {
    return new ScannedFunction(
        function.name(),
        function.qualifiedName(),
        function.classContext(),
        function.enclosing(),
        function.kind(),
        function.start(),
        function.end(),
        function.line(),
        function.parameters(),
        function.returnType(),
        function.decorators(),
        body,
        function.instrumentation(),
        function.skip());
  }

  private void change(List<Integer> lineStarts) {
    int anyLine = lineStarts.get(random.nextInt(lineStarts.size()));
    switch (random.nextInt(12)) {
      case 0 -> firstStatement = near(firstStatement);
      case 1 -> ownLine = !ownLine;
      case 2 -> firstLine = anyLine;
      case 3 -> indent = List.of("", " ", "  ", "    ", "\t", "        ").get(random.nextInt(6));
      case 4 -> unit = List.of("\t", " ", "    ", "  ").get(random.nextInt(4));
      case 5 -> tail = near(tail);
      case 6 -> tail = Math.max(0, anyLine - 1);
      case 7 -> {
        if (lines.isEmpty() || random.nextBoolean()) {
          lines.add(random.nextBoolean() ? anyLine : random.nextInt(length));
          lines.sort(Comparator.naturalOrder());
        } else {
          lines.remove(random.nextInt(lines.size()));
        }
      }
      case 8 -> {
        int keyword = random.nextInt(length);
        returns.add(
            new ReturnStatement(
                keyword, keyword + random.nextInt(length - keyword), random.nextBoolean()));
        returns.sort(Comparator.comparingInt(ReturnStatement::keyword));
      }
      case 9 -> inline = !inline;
      default -> changeReturn();
    }
  }

  private void changeReturn() {
    if (returns.isEmpty()) {
      return;
    }
    int i = random.nextInt(returns.size());
    ReturnStatement old = returns.get(i);
    switch (random.nextInt(4)) {
      case 0 -> returns.remove(i);
      case 1 -> returns.set(i, new ReturnStatement(old.keyword(), old.end(), !old.bare()));
      case 2 -> returns.set(i, new ReturnStatement(old.keyword(), near(old.end()), old.bare()));
      default -> returns.set(i, new ReturnStatement(near(old.keyword()), old.end(), old.bare()));
    }
  }

  private int near(int offset) {
    return Math.max(0, Math.min(length, offset + random.nextInt(17) - 8));
  }

  private static List<Integer> lineStarts(byte[] code) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 1; i < code.length; i++) {
      if (code[i - 1] == '\n') {
        starts.add(i);
      }
    }
    return starts;
  }
}
