package io.telemetryinject.language.python;

import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a function while it is read; tokens are named by their index. */
final class FunctionDraft {
  static final int UNKNOWN = -1;

  final String name;
  final String qualifiedName;
  final @Nullable String classContext;

  /** Index among the file's functions, and that of the function around it. */
  final int index;

  final int enclosing;

  /** First token of the decorators, or else of the header. */
  final int first;

  /** The token {@code def} or {@code async}. */
  final int header;

  final boolean async;
  final List<String> decorators;
  final FrameUses frames = new FrameUses();

  List<Parameter> parameters = List.of();
  @Nullable String returnType;
  int colon = UNKNOWN;
  boolean yields;

  /** Whether names of our telemetry occur in the function itself. */
  boolean telemetry;

  boolean stub = true;
  int bodyStart = UNKNOWN;
  int docstringFirst = UNKNOWN;
  int docstringLast = UNKNOWN;
  int firstStatement = UNKNOWN;
  int last = UNKNOWN;

  /** The NEWLINE that ends the body. */
  int lineEnd = UNKNOWN;

  boolean fallsThrough;
  int staticBlocks;
  int levels;

  /** Whether control runs out of the {@code try} that the body ends with, if it does. */
  boolean tryFallsThrough;

  private List<ReturnStatement> returns = List.of();

  FunctionDraft(
      String name,
      Scope scope,
      int index,
      int first,
      int header,
      boolean async,
      List<String> decorators) {
    this.name = name;
    this.qualifiedName = scope.qualify(name);
    this.classContext = scope.classContext();
    FunctionDraft outer = scope.function();
    this.enclosing = outer == null ? UNKNOWN : outer.index;
    this.index = index;
    this.first = first;
    this.header = header;
    this.async = async;
    this.decorators = decorators;
  }

  /** Takes the first token of each of the body's own statements, in order. */
  void statement(PythonTokens tokens, int first) {
    if (bodyStart == UNKNOWN) {
      bodyStart = first;
      int[] docstring = Constants.stringStatement(tokens, first);
      if (docstring.length > 0) {
        docstringFirst = docstring[0];
        docstringLast = docstring[1];
        return;
      }
    }
    if (firstStatement == UNKNOWN) {
      firstStatement = first;
    }
    stub &= tokens.isName(first, Word.PASS) || isEllipsis(tokens, first);
  }

  void returns(ReturnStatement statement) {
    if (returns.isEmpty()) {
      returns = new ArrayList<>(2);
    }
    returns.add(statement);
  }

  List<ReturnStatement> returns() {
    return returns;
  }

  private static boolean isEllipsis(PythonTokens tokens, int first) {
    return tokens.isOp(first, PythonTokens.ELLIPSIS)
        && (tokens.kind(first + 1) == PythonTokens.NEWLINE || tokens.isOp(first + 1, ';'));
  }
}
