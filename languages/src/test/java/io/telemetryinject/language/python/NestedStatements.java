package io.telemetryinject.language.python;

import java.util.Random;

/** Random functions whose statements nest about as deeply as CPython allows. */
final class NestedStatements {
  private static final int LEAST = 12;
  private static final int SPREAD = 11;

  /** Python compiles a {@code finally} twice, so nested ones cost exponentially. */
  private int finallyLeft = 3;

  private final Random random;
  private final StringBuilder text = new StringBuilder("async def f(x):\n");

  private NestedStatements(long seed) {
    random = new Random(seed);
  }

  static String of(long seed) {
    NestedStatements nested = new NestedStatements(seed);
    nested.statement(1, LEAST + nested.random.nextInt(SPREAD));
    return nested.text.toString();
  }

  private void statement(int level, int left) {
    if (left == 0) {
      line(level, random.nextBoolean() ? "return x" : "x()");
      return;
    }
    switch (random.nextInt(12)) {
      case 0, 1 -> block(level, "for y in x:", left);
      case 2 -> block(level, "async for y in x:", left);
      case 3 -> block(level, "while x:", left);
      case 4 -> block(level, "with x:", left);
      case 5 -> block(level, "async with x as y, x(y, [z]):", left);
      case 6 -> block(level, "if x:", left);
      default -> attempt(level, left);
    }
  }

  private void block(int level, String header, int left) {
    line(level, header);
    statement(level + 1, left - 1);
  }

  /** A try in which one clause goes deeper. */
  private void attempt(int level, int left) {
    boolean handlers = random.nextInt(4) > 0;
    boolean cleanup = !handlers || random.nextInt(3) == 0;
    int deep = random.nextInt(4);
    clause(level, "try:", deep == 0 || (!handlers && deep < 3), left);
    if (handlers) {
      clause(level, random.nextBoolean() ? "except E:" : "except E as e:", deep == 1, left);
      if (deep == 2 || random.nextBoolean()) {
        clause(level, "else:", deep == 2, left);
      }
    }
    if (cleanup) {
      clause(level, "finally:", deep == 3 && finallyLeft-- > 0, left);
    }
  }

  private void clause(int level, String header, boolean deep, int left) {
    line(level, header);
    if (deep) {
      statement(level + 1, left - 1);
    } else {
      line(level + 1, "x()");
    }
  }

  private void line(int level, String statement) {
    text.append(" ".repeat(level)).append(statement).append('\n');
  }
}
