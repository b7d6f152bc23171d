package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionKind;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.RejectReason;
import java.util.ArrayList;
import java.util.List;

/** Finds the functions of Python source, by its tokens and statements, without a syntax tree. */
final class PythonScanner {
  private final CompiledDecorators compiled;

  /** A scanner that knows the compilers of {@link CompiledDecorators#DEFAULT}. */
  PythonScanner() {
    this(CompiledDecorators.DEFAULT);
  }

  PythonScanner(CompiledDecorators compiled) {
    this.compiled = compiled;
  }

  /** Scans a file. */
  SourceScan scan(byte[] utf8) throws SourceRejectedException {
    PythonTokens tokens = PythonLexer.lex(utf8);
    if (endsContinued(tokens)) {
      throw new SourceRejectedException(
          RejectReason.PARSE, "the text ends behind a backslash at byte " + utf8.length);
    }
    FileFacts facts = FileFacts.of(tokens);
    StatementReader reader = new StatementReader(tokens, facts.aliases(), Scope.ofModule());
    reader.read(false);
    List<FunctionDraft> drafts = reader.functions();
    SkipRules rules = SkipRules.forFile(tokens, compiled, facts);
    List<ScannedFunction> functions = new ArrayList<>(drafts.size());
    for (FunctionDraft draft : drafts) {
      int line = tokens.lines().at(tokens.start(draft.header)) + 1;
      functions.add(function(tokens, draft, line, rules, drafts));
    }
    return new SourceScan(
        functions, reader.imports(), ModuleHead.importLine(tokens), facts.instrumented());
  }

  /** Scans the text of one function; what its text cannot tell comes from the task. */
  ScannedFunction scanFunction(FunctionTask task, byte[] utf8) throws SourceRejectedException {
    PythonTokens tokens = PythonLexer.lex(utf8);
    FileFacts facts = FileFacts.of(tokens);
    StatementReader reader =
        new StatementReader(
            tokens, facts.aliases(), Scope.around(task.qualifiedName(), task.classContext()));
    reader.read(true);
    List<FunctionDraft> drafts = reader.functions();
    if (drafts.isEmpty() || !isAlone(tokens, drafts.get(0))) {
      throw new SourceRejectedException(RejectReason.PARSE, "not the text of one function");
    }
    SkipRules rules = SkipRules.forFunction(tokens, compiled);
    return function(tokens, drafts.get(0), task.line(), rules, drafts);
  }

  /**
   * Whether the last line is a continuation without a byte; CPython lets it pass where the line
   * break is a carriage return and a line feed.
   */
  private static boolean endsContinued(PythonTokens tokens) {
    Lines lines = tokens.lines();
    byte[] text = tokens.source();
    int last = lines.count() - 1;
    return lines.isContinued(last)
        && lines.start(last) == text.length
        && text[text.length - 2] == '\\';
  }

  private static boolean isAlone(PythonTokens tokens, FunctionDraft draft) {
    int first = tokens.kind(0) == PythonTokens.INDENT ? 1 : 0;
    int behind = draft.lineEnd + 1;
    while (tokens.kind(behind) == PythonTokens.DEDENT) {
      behind++;
    }
    return draft.first == first && tokens.kind(behind) == PythonTokens.END;
  }

  private static ScannedFunction function(
      PythonTokens tokens,
      FunctionDraft draft,
      int line,
      SkipRules rules,
      List<FunctionDraft> drafts) {
    int start = tokens.lines().startOfLineAt(tokens.start(draft.first));
    return new ScannedFunction(
        draft.name,
        draft.qualifiedName,
        draft.classContext,
        draft.enclosing,
        kind(draft),
        start,
        tokens.start(draft.lineEnd),
        line,
        draft.parameters,
        draft.returnType,
        draft.decorators,
        BodyAnchors.of(tokens, draft),
        InstrumentationDetector.judge(tokens, draft),
        rules.reason(draft, drafts));
  }

  private static FunctionKind kind(FunctionDraft draft) {
    if (draft.async) {
      return draft.yields ? FunctionKind.ASYNC_GENERATOR : FunctionKind.COROUTINE;
    }
    return draft.yields ? FunctionKind.GENERATOR : FunctionKind.PLAIN;
  }
}
