package io.telemetryinject.language.python;

import java.util.HashSet;
import java.util.Set;

/** Other names that a file gives to the built-ins that see frames, and to their module. */
final class FrameAliases {
  private final PythonTokens tokens;
  private final Set<String> builtins = new HashSet<>();
  private final Set<String> modules = new HashSet<>();

  FrameAliases(PythonTokens tokens) {
    this.tokens = tokens;
  }

  boolean isEmpty() {
    return builtins.isEmpty() && modules.isEmpty();
  }

  boolean isBuiltin(String name) {
    return builtins.contains(name);
  }

  /** Whether a token is a name of the built-ins' module. */
  boolean isModule(int token) {
    return token >= 0
        && tokens.kind(token) == PythonTokens.NAME
        && (tokens.code(token) == Word.BUILTINS
            || !modules.isEmpty() && modules.contains(tokens.name(token)));
  }

  /** Looks at one name of the file, in order. */
  void examine(int token, int code) {
    if (!canBeGiven(token)) {
      return;
    }
    if (isModule(token)) {
      collect(token, modules);
    } else if (code == Word.FRAME_READER || isBuiltin(token, code)) {
      collect(token, builtins);
    }
  }

  /** Whether what follows lets a name take what the token stands for. */
  private boolean canBeGiven(int token) {
    return tokens.isName(token + 1, Word.AS)
        || tokens.kind(token + 1) == PythonTokens.NEWLINE
        || tokens.isOp(token + 1, ';');
  }

  private boolean isBuiltin(int token, int code) {
    if (token > 0 && tokens.isOp(token - 1, '.')) {
      return code == Word.FRAME_BUILTIN && isModule(token - 2);
    }
    return code == Word.FRAME_BUILTIN
        || !builtins.isEmpty() && builtins.contains(tokens.name(token));
  }

  /** {@code import x as ALIAS}, {@code ALIAS = OTHER = some.x}. */
  private void collect(int token, Set<String> into) {
    if (tokens.isName(token + 1, Word.AS)) {
      into.add(tokens.name(token + 2));
      return;
    }
    int start = token;
    while (start >= 2 && tokens.isOp(start - 1, '.')) {
      start -= 2;
    }
    for (int i = start; i >= 2 && tokens.isOp(i - 1, '='); i -= 2) {
      if (tokens.kind(i - 2) == PythonTokens.NAME) {
        into.add(tokens.name(i - 2));
      }
    }
  }
}
