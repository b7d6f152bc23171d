package io.telemetryinject.language.python;

import io.telemetryinject.language.python.PythonTokens.Spans;

/** Notes what the names in a function's own code say of it: yields, telemetry, frames. */
final class FunctionNames implements NameObserver {
  private final PythonTokens tokens;
  private final FrameAliases aliases;
  private final BindingRule bindings;
  private Scope scope = Scope.ofModule();

  FunctionNames(PythonTokens tokens, FrameAliases aliases) {
    this.tokens = tokens;
    this.aliases = aliases;
    this.bindings = new BindingRule(tokens);
  }

  void enter(Scope inner) {
    scope = inner;
  }

  void beginStatement(int first) {
    bindings.beginStatement(first);
  }

  @Override
  public boolean observesAllNames() {
    return !aliases.isEmpty();
  }

  @Override
  public void name(int token, int code, int depth, boolean inLambda) {
    FunctionDraft function = scope.function();
    if (function == null || code != Word.YIELD && code != Word.NONE && code < Word.FRAME_BUILTIN) {
      return;
    }
    switch (code) {
      case Word.YIELD -> function.yields |= !inLambda && !scope.isClass();
      case Word.TELEMETRY -> function.telemetry |= !isAttribute(token);
      default -> frame(function.frames, token, code, depth, !inLambda && !scope.isClass());
    }
  }

  /** Fields are not taken apart: a yield behind a lambda counts as the lambda's. */
  @Override
  public void formatted(int token, boolean inLambda) {
    FunctionDraft function = scope.function();
    if (function == null) {
      return;
    }
    Spans names = tokens.fieldNames();
    int end = tokens.end(token);
    boolean behindLambda = inLambda;
    for (int i = names.firstFrom(tokens.start(token));
        i < names.count() && names.start(i) < end;
        i++) {
      behindLambda |= names.code(i) == Word.LAMBDA;
      field(function, names, i, behindLambda);
    }
  }

  /**
   * A parameter of a function, or the name of a nested function or class: bound, whatever it is.
   */
  void bind(FunctionDraft function, int token) {
    if (tokens.code(token) != Word.NONE || observesAllNames()) {
      function.frames.bind(tokens.name(token));
    }
  }

  private boolean isAttribute(int token) {
    return token > 0 && tokens.isOp(token - 1, '.');
  }

  private void frame(FrameUses frames, int token, int code, int depth, boolean direct) {
    if (isAttribute(token)) {
      if (code == Word.FRAME_READER
          || code == Word.FRAME_BUILTIN && aliases.isModule(token - 2)
          || reachesBehindModule(token)) {
        frames.read();
      }
      return;
    }
    boolean keyword = depth > 0 && tokens.isOp(token + 1, '=');
    if (keyword) {
      return;
    }
    if (code == Word.FRAME_READER || code == Word.IMPORTER && importsBuiltins(token)) {
      frames.read();
    } else if (aliases.isModule(token)) {
      if (!bindings.isImport() && !tokens.isOp(token + 1, '.')) {
        note(frames, token, depth, direct);
      } else if (reachesBehindModule(token + 2)) {
        frames.read();
      }
    } else if (code == Word.FRAME_BUILTIN || code == Word.NONE && isAlias(token)) {
      note(frames, token, depth, direct);
    }
  }

  private void note(FrameUses frames, int token, int depth, boolean direct) {
    String name = tokens.name(token);
    if (bindings.isGlobalDeclaration()) {
      frames.declareGlobal(name);
    } else if (!bindings.binds(token, depth)) {
      frames.use(name);
    } else if (direct) {
      frames.bind(name);
    }
  }

  private boolean isAlias(int token) {
    return aliases.isBuiltin(tokens.name(token));
  }

  /** {@code builtins.__dict__} and the like. */
  private boolean reachesBehindModule(int token) {
    return aliases.isModule(token - 2)
        && tokens.kind(token) == PythonTokens.NAME
        && tokens.text(token).startsWith("__")
        && !tokens.is(token, "__import__");
  }

  private boolean importsBuiltins(int token) {
    return tokens.isOp(token + 1, '(')
        && tokens.kind(token + 2) == PythonTokens.STRING
        && tokens.text(token + 2).contains("builtin");
  }

  private void field(FunctionDraft function, Spans names, int index, boolean inLambda) {
    int code = names.code(index);
    int before = names.start(index) - 1;
    while (Bytes.isBlank(tokens.source()[before])) {
      before--;
    }
    boolean attribute = tokens.source()[before] == '.';
    String name = PythonTokens.normalised(tokens.slice(names.start(index), names.end(index)));
    switch (code) {
      case Word.YIELD -> function.yields |= !inLambda && !scope.isClass();
      case Word.TELEMETRY -> function.telemetry |= !attribute;
      case Word.FRAME_READER -> function.frames.read();
      case Word.FRAME_BUILTIN -> {
        if (!attribute) {
          function.frames.use(name);
        } else if (index > 0 && names.code(index - 1) == Word.BUILTINS) {
          function.frames.read();
        }
      }
      case Word.BUILTINS -> function.frames.use(name);
      default -> {
        if (!attribute && (aliases.isBuiltin(name))) {
          function.frames.use(name);
        }
      }
    }
  }
}
