package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.PythonTokens.AUGMENTED;
import static io.telemetryinject.language.python.PythonTokens.NEWLINE;
import static io.telemetryinject.language.python.PythonTokens.WALRUS;

/**
 * Tells names that a statement binds from names that it uses. In doubt a name is used: that costs
 * at worst a function that is left alone.
 */
final class BindingRule {
  private static final int UNKNOWN = -1;

  private final PythonTokens tokens;
  private int first;

  /** The token that ends the statement's targets, found when first asked for. */
  private int targetsEnd = UNKNOWN;

  BindingRule(PythonTokens tokens) {
    this.tokens = tokens;
  }

  void beginStatement(int firstToken) {
    first = firstToken;
    targetsEnd = UNKNOWN;
  }

  boolean isImport() {
    return tokens.isName(first, Word.IMPORT) || tokens.isName(first, Word.FROM);
  }

  boolean isGlobalDeclaration() {
    return tokens.isName(first, Word.GLOBAL);
  }

  boolean binds(int token, int depth) {
    if (tokens.isOp(token + 1, WALRUS) || tokens.isName(token - 1, Word.AS)) {
      return true;
    }
    if (isImport()) {
      return !(tokens.isName(first, Word.FROM) && tokens.isName(first + 1, Word.BUILTINS));
    }
    if (tokens.isName(first, Word.DEL) || tokens.isName(first, Word.NONLOCAL)) {
      return depth == 0;
    }
    return depth == 0 && isWhole(token) && token < targetsEnd();
  }

  /** Whether the name is a target of its own, not the start or part of a longer expression. */
  private boolean isWhole(int token) {
    boolean begins =
        token == first
            || tokens.isOp(token - 1, ',')
            || tokens.isOp(token - 1, '*')
            || tokens.isOp(token - 1, '=')
            || tokens.isName(token - 1, Word.FOR);
    boolean ends =
        tokens.isOp(token + 1, ',')
            || tokens.isOp(token + 1, '=')
            || tokens.isOp(token + 1, ':')
            || tokens.isOp(token + 1, AUGMENTED)
            || tokens.isName(token + 1, Word.IN);
    return begins && ends;
  }

  private int targetsEnd() {
    if (targetsEnd == UNKNOWN) {
      boolean loop =
          tokens.isName(first, Word.FOR)
              || tokens.isName(first, Word.ASYNC) && tokens.isName(first + 1, Word.FOR);
      targetsEnd = loop ? endOfLoopTargets() : endOfAssignmentTargets();
    }
    return targetsEnd;
  }

  private int endOfLoopTargets() {
    int i = first;
    while (tokens.kind(i) != NEWLINE && !tokens.isName(i, Word.IN)) {
      i++;
    }
    return i;
  }

  /** The last {@code =} outside of brackets; an annotation's colon right behind the first name. */
  private int endOfAssignmentTargets() {
    int end = first;
    int depth = 0;
    if (tokens.isOp(first + 1, ':') || tokens.isOp(first + 1, AUGMENTED)) {
      return first + 1;
    }
    for (int i = first; tokens.kind(i) != NEWLINE; i++) {
      if (tokens.kind(i) == PythonTokens.OP) {
        switch (tokens.code(i)) {
          case '(', '[', '{' -> depth++;
          case ')', ']', '}' -> depth--;
          case '=' -> end = depth == 0 ? i : end;
          case ';' -> {
            return end;
          }
          default -> {}
        }
      } else if (tokens.isName(i, Word.LAMBDA) && depth == 0) {
        return end;
      }
    }
    return end;
  }
}
