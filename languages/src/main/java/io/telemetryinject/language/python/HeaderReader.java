package io.telemetryinject.language.python;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RejectReason;
import java.util.ArrayList;
import java.util.List;

/** Reads a function's header: parameters, their annotations, and the return annotation. */
final class HeaderReader {
  private static final int NONE = -1;

  private final PythonTokens tokens;
  private final ExpressionReader expressions;
  private final FunctionNames names;

  HeaderReader(PythonTokens tokens, ExpressionReader expressions, FunctionNames names) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.names = names;
  }

  /** Reads from the token behind the function's name to the header's colon. */
  void read(FunctionDraft draft, int behindName) throws SourceRejectedException {
    expressions.begin();
    int i = behindName;
    if (tokens.isOp(i, '[')) {
      i = skipTypeParameters(i);
    }
    if (!tokens.isOp(i, '(')) {
      throw rejected(i);
    }
    i = parameters(draft, i);
    if (tokens.isOp(i, PythonTokens.ARROW)) {
      int colon = expressions.readHeader(i + 1);
      if (colon == i + 1) {
        throw rejected(colon);
      }
      draft.returnType = tokens.slice(tokens.start(i + 1), tokens.end(colon - 1));
      i = colon;
    }
    if (!tokens.isOp(i, ':')) {
      throw rejected(i);
    }
    draft.colon = i;
  }

  private int skipTypeParameters(int open) {
    int i = open;
    do {
      expressions.step(i++);
    } while (expressions.depth() > 0);
    return i;
  }

  /** Returns the token behind the closing parenthesis. */
  private int parameters(FunctionDraft draft, int open) throws SourceRejectedException {
    List<Parameter> parameters = new ArrayList<>(4);
    expressions.step(open);
    int i = open + 1;
    while (!tokens.isOp(i, ')')) {
      while (tokens.isOp(i, '*') || tokens.isOp(i, PythonTokens.DOUBLE_STAR)) {
        i++;
      }
      if (isName(i)) {
        i = parameter(draft, i, parameters);
      } else if (tokens.isOp(i, '/')) {
        i++;
      } else if (!tokens.isOp(i, ',')) {
        throw rejected(i);
      }
      if (tokens.isOp(i, ',')) {
        i++;
      } else if (!tokens.isOp(i, ')')) {
        throw rejected(i);
      }
    }
    expressions.step(i);
    draft.parameters = parameters;
    return i + 1;
  }

  /** Returns the comma or parenthesis that ends the parameter. */
  private int parameter(FunctionDraft draft, int name, List<Parameter> parameters) {
    names.bind(draft, name);
    int i = name + 1;
    int type = NONE;
    int typeEnd = NONE;
    if (tokens.isOp(i, ':')) {
      type = i + 1;
    }
    while (!endsParameter(i)) {
      if (tokens.isOp(i, '=')
          && typeEnd == NONE
          && expressions.depth() == 1
          && !expressions.inLambdaHeader()) {
        typeEnd = i;
      }
      expressions.step(i++);
    }
    typeEnd = typeEnd == NONE ? i : typeEnd;
    String annotation =
        type == NONE || type >= typeEnd
            ? null
            : tokens.slice(tokens.start(type), tokens.end(typeEnd - 1));
    parameters.add(new Parameter(tokens.name(name), annotation));
    if (tokens.isOp(i, ',')) {
      expressions.step(i);
    }
    return i;
  }

  private boolean endsParameter(int token) {
    return expressions.depth() == 1
        && (tokens.isOp(token, ')') || tokens.isOp(token, ',') && !expressions.inLambdaHeader());
  }

  private boolean isName(int token) {
    return tokens.kind(token) == PythonTokens.NAME && !Word.isKeyword(tokens.code(token));
  }

  private SourceRejectedException rejected(int token) {
    return new SourceRejectedException(
        RejectReason.PARSE, "not a function's header at byte " + tokens.start(token));
  }
}
