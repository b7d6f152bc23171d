package io.telemetryinject.coordinator.policy;

import io.telemetryinject.language.ScannedFunction;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which functions of a file to instrument; the others are skipped.
 *
 * @param minLines functions of fewer lines are left out, decorators and docstring counted
 * @param kinds of functions that are taken
 */
public record Selection(int minLines, Set<Kind> kinds) {
  private static final Selection EVERYTHING = new Selection(0, EnumSet.allOf(Kind.class));

  /** Functions by how they run, as shapes name them. */
  public enum Kind {
    FUNCTION,
    METHOD,
    /** Asynchronous generators, too; in a class or not. */
    COROUTINE,
    /** In a class or not. */
    GENERATOR;

    static Kind of(ScannedFunction function) {
      return switch (function.kind()) {
        case PLAIN -> function.classContext() == null ? FUNCTION : METHOD;
        case GENERATOR -> GENERATOR;
        case COROUTINE, ASYNC_GENERATOR -> COROUTINE;
      };
    }

    /** As a policy file spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Selection {
    if (minLines < 0) {
      throw new IllegalArgumentException("minLines is negative: " + minLines);
    }
    kinds = Collections.unmodifiableSet(EnumSet.copyOf(kinds));
  }

  public static Selection everything() {
    return EVERYTHING;
  }

  /** Whether a function of a file, whose text this is, is to be instrumented. */
  public boolean takes(ScannedFunction function, byte[] utf8) {
    return kinds.contains(Kind.of(function))
        && (minLines <= 1 || lines(function, utf8) >= minLines);
  }

  private static int lines(ScannedFunction function, byte[] utf8) {
    int lines = 1;
    for (int i = function.start(); i < function.end(); i++) {
      boolean alone = i + 1 == utf8.length || utf8[i + 1] != '\n';
      lines += utf8[i] == '\n' || utf8[i] == '\r' && alone ? 1 : 0;
    }
    return lines;
  }
}
