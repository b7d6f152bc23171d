package io.telemetryinject.language.python;

/**
 * Counts CPython's static blocks (its compiler's frame blocks, at most 20 in a function): a loop
 * takes one, {@code with} one for each item, and a {@code try} by the clauses it turns out to have.
 */
final class StaticBlocks {
  static final int MAX = 20;

  private static final int ABSENT = -1;

  private int needed;
  private int tryBody = ABSENT;
  private int handlers = ABSENT;
  private int tryElse = ABSENT;
  private int cleanup = ABSENT;

  void add(Block.Kind kind, int own, int within) {
    switch (kind) {
      case TRY -> tryBody = within;
      case EXCEPT -> handlers = Math.max(handlers, within);
      case TRY_ELSE -> tryElse = within;
      case FINALLY -> cleanup = within;
      default -> needed = Math.max(needed, own + within);
    }
  }

  boolean insideTry() {
    return tryBody != ABSENT;
  }

  /** Settles a {@code try} whose clauses are all known. */
  void endTry() {
    if (tryBody == ABSENT) {
      return;
    }
    int outer = cleanup == ABSENT ? 0 : 1;
    needed = Math.max(needed, outer + tryBody + (handlers == ABSENT ? 0 : 1));
    if (handlers != ABSENT) {
      needed = Math.max(needed, outer + handlers + 2);
    }
    if (tryElse != ABSENT) {
      needed = Math.max(needed, outer + tryElse);
    }
    if (cleanup != ABSENT) {
      needed = Math.max(needed, cleanup + 1);
    }
    tryBody = ABSENT;
    handlers = ABSENT;
    tryElse = ABSENT;
    cleanup = ABSENT;
  }

  int needed() {
    return needed;
  }
}
