package io.telemetryinject.language.python;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;
import java.util.Arrays;

/** Walks over a statement's tokens, knowing brackets and lambdas, to where the statement ends. */
final class ExpressionReader {
  private static final int IN_BODY = 1 << 20;

  private final PythonTokens tokens;
  private final NameObserver observer;
  private int depth;

  /** One entry for each lambda around: its bracket depth, and whether its body is reached. */
  private int[] lambdas = new int[8];

  private int lambdaCount;

  /** How many lambda bodies are around. */
  private int bodies;

  private int asyncComprehensions;

  ExpressionReader(PythonTokens tokens, NameObserver observer) {
    this.tokens = tokens;
    this.observer = observer;
  }

  /** Begins a new statement. */
  void begin() {
    depth = 0;
    lambdaCount = 0;
    bodies = 0;
    asyncComprehensions = 0;
  }

  /** Reads a simple statement; returns the semicolon's or line end's token. */
  int readStatement(int first) {
    begin();
    int i = first;
    while (true) {
      int kind = tokens.kind(i);
      if (kind == PythonTokens.NEWLINE || kind == PythonTokens.OP && depth == 0 && isEnd(i)) {
        return i;
      }
      step(i++);
    }
  }

  /** Reads on to a compound statement's colon; returns its token. */
  int readHeader(int from) throws SourceRejectedException {
    int i = from;
    while (true) {
      if (tokens.kind(i) == PythonTokens.NEWLINE) {
        throw new SourceRejectedException(
            RejectReason.PARSE, "a header without its colon at byte " + tokens.start(i));
      }
      if (depth == 0 && tokens.isOp(i, ':') && !inLambdaHeader()) {
        return i;
      }
      step(i++);
    }
  }

  int depth() {
    return depth;
  }

  /** Whether the next comma or colon on this level belongs to a lambda's parameters. */
  boolean inLambdaHeader() {
    return lambdaCount > 0 && lambdas[lambdaCount - 1] == depth;
  }

  /** How many {@code async for} stood in brackets. */
  int asyncComprehensions() {
    return asyncComprehensions;
  }

  void step(int token) {
    switch (tokens.kind(token)) {
      case PythonTokens.OP -> operator(tokens.code(token));
      case PythonTokens.NAME -> {
        int code = tokens.code(token);
        if (code != Word.NONE || observer.observesAllNames()) {
          name(token, code);
        }
      }
      case PythonTokens.STRING -> {
        if (tokens.code(token) == PythonTokens.FORMATTED) {
          observer.formatted(token, bodies > 0);
        }
      }
      default -> {}
    }
  }

  private boolean isEnd(int token) {
    return tokens.code(token) == ';';
  }

  private void operator(int code) {
    switch (code) {
      case '(', '[', '{' -> depth++;
      case ')', ']', '}' -> {
        depth--;
        while (lambdaCount > 0 && (lambdas[lambdaCount - 1] & ~IN_BODY) > depth) {
          endLambda();
        }
      }
      case ':' -> {
        if (inLambdaHeader()) {
          lambdas[lambdaCount - 1] |= IN_BODY;
          bodies++;
        } else {
          endBodiesHere();
        }
      }
      case ',' -> endBodiesHere();
      default -> {}
    }
  }

  private void name(int token, int code) {
    switch (code) {
      case Word.LAMBDA -> {
        if (lambdaCount == lambdas.length) {
          lambdas = Arrays.copyOf(lambdas, lambdaCount * 2);
        }
        lambdas[lambdaCount++] = depth;
      }
      case Word.FOR -> endBodiesHere();
      case Word.ASYNC -> {
        endBodiesHere();
        asyncComprehensions += depth > 0 ? 1 : 0;
      }
      default -> observer.name(token, code, depth, bodies > 0);
    }
  }

  private void endBodiesHere() {
    while (lambdaCount > 0 && lambdas[lambdaCount - 1] == (depth | IN_BODY)) {
      endLambda();
    }
  }

  private void endLambda() {
    lambdaCount--;
    if ((lambdas[lambdaCount] & IN_BODY) != 0) {
      bodies--;
    }
  }
}
