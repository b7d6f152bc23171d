package io.telemetryinject.language.python;

import io.telemetryinject.model.SkipReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the functions that are left alone by rule. */
final class SkipRules {
  private final PythonTokens tokens;
  private final CompiledDecorators compiled;

  /** The reason that holds for a whole file, or null. */
  private final @Nullable SkipReason ofFile;

  private SkipRules(PythonTokens tokens, CompiledDecorators compiled, @Nullable SkipReason ofFile) {
    this.tokens = tokens;
    this.compiled = compiled;
    this.ofFile = ofFile;
  }

  static SkipRules forFile(PythonTokens tokens, CompiledDecorators compiled, FileFacts facts) {
    SkipReason reason =
        OffComments.atTop(tokens)
            ? SkipReason.TELEMETRY_OFF
            : facts.reserved() ? SkipReason.RESERVED_NAME : null;
    return new SkipRules(tokens, compiled, reason);
  }

  /** The rules that a function's text alone can answer. */
  static SkipRules forFunction(PythonTokens tokens, CompiledDecorators compiled) {
    return new SkipRules(tokens, compiled, null);
  }

  /** The first reason that holds, or null; {@code functions} are all of the text. */
  @Nullable SkipReason reason(FunctionDraft draft, List<FunctionDraft> functions) {
    if (ofFile != null) {
      return ofFile;
    }
    if (OffComments.onHeader(tokens, draft)) {
      return SkipReason.TELEMETRY_OFF;
    }
    if (Decorators.isOverload(draft.decorators)) {
      return SkipReason.OVERLOAD;
    }
    if (Decorators.isAbstract(draft.decorators)) {
      return SkipReason.ABSTRACT;
    }
    if (draft.stub) {
      return SkipReason.STUB;
    }
    if (draft.name.equals("__del__")) {
      return SkipReason.FINALIZER;
    }
    if (isCompiled(draft, functions)) {
      return SkipReason.COMPILED;
    }
    return draft.frames.seesFrame() ? SkipReason.FRAME_ACCESS : null;
  }

  /** A compiler takes the functions in a function along. */
  private boolean isCompiled(FunctionDraft draft, List<FunctionDraft> functions) {
    FunctionDraft function = draft;
    while (!compiled.matchAny(function.decorators)) {
      if (function.enclosing == FunctionDraft.UNKNOWN) {
        return false;
      }
      function = functions.get(function.enclosing);
    }
    return true;
  }
}
