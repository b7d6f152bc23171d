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
    if (code == Word.BUILTINS || isModule(token)) {
      collect(token, token, modules);
    } else if (code == Word.FRAME_BUILTIN
        || code == Word.FRAME_READER
        || !builtins.isEmpty() && builtins.contains(tokens.name(token))) {
      boolean attribute = token > 0 && tokens.isOp(token - 1, '.');
      if (!attribute) {
        collect(token, token, builtins);
      } else if (code == Word.FRAME_READER || isModule(token - 2)) {
        collect(startOfPath(token), token, builtins);
      }
    }
  }

  private int startOfPath(int token) {
    int start = token;
    while (start >= 2 && tokens.isOp(start - 1, '.')) {
      start -= 2;
    }
    return start;
  }

  /** {@code import x as ALIAS}, {@code ALIAS = OTHER = x}. */
  private void collect(int start, int end, Set<String> into) {
    if (tokens.isName(end + 1, Word.AS)) {
      into.add(tokens.name(end + 2));
      return;
    }
    if (tokens.kind(end + 1) != PythonTokens.NEWLINE && !tokens.isOp(end + 1, ';')) {
      return;
    }
    for (int i = start; i >= 2 && tokens.isOp(i - 1, '='); i -= 2) {
      if (tokens.kind(i - 2) == PythonTokens.NAME) {
        into.add(tokens.name(i - 2));
      }
    }
  }
}
