package io.telemetryinject.language.python;

import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.RejectReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a text statement by statement, and drafts the functions that it finds. */
final class StatementReader {
  private static final int MAX_QUALIFIED_NAME = 2000;

  private final PythonTokens tokens;
  private final FunctionNames names;
  private final ExpressionReader expressions;
  private final HeaderReader headers;
  private final List<FunctionDraft> functions = new ArrayList<>();
  private final List<String> imports = new ArrayList<>();

  private Block block;

  /** The block that the next INDENT opens. */
  private @Nullable Block announced;

  private List<String> decorators = List.of();
  private int firstDecorator;
  private int at;
  private int lastToken;
  private int lastLineEnd;

  StatementReader(PythonTokens tokens, FrameAliases aliases, Scope outermost) {
    this.tokens = tokens;
    this.block = new Block(Block.Kind.MODULE, null, outermost, 0, false);
    this.names = new FunctionNames(tokens, aliases);
    this.expressions = new ExpressionReader(tokens, names);
    this.headers = new HeaderReader(tokens, expressions, names);
  }

  /** In order of their start; each is complete once {@link #read} has returned. */
  List<FunctionDraft> functions() {
    return functions;
  }

  List<String> imports() {
    return imports;
  }

  /** Reads everything; blanks before the very first statement are allowed if {@code indented}. */
  void read(boolean indented) throws SourceRejectedException {
    if (indented && tokens.kind(0) == PythonTokens.INDENT) {
      announced = new Block(Block.Kind.OTHER, block, block.scope, 0, true);
    }
    while (tokens.kind(at) != PythonTokens.END) {
      Block next = announced;
      if (tokens.kind(at) == PythonTokens.INDENT != (next != null)) {
        throw rejected("an indented block is missing, or not expected");
      }
      if (next != null) {
        enter(next);
        at++;
      } else if (tokens.kind(at) == PythonTokens.DEDENT) {
        leave();
        at++;
      } else {
        line();
      }
    }
    if (announced != null || !decorators.isEmpty()) {
      throw rejected("the text ends too early");
    }
  }

  private void line() throws SourceRejectedException {
    if (tokens.isOp(at, '@')) {
      decorator();
      return;
    }
    int word = tokens.kind(at) == PythonTokens.NAME ? tokens.code(at) : Word.NONE;
    boolean async = word == Word.ASYNC;
    int decisive = async && tokens.kind(at + 1) == PythonTokens.NAME ? tokens.code(at + 1) : word;
    if (decisive == Word.DEF) {
      function(async);
    } else if (decisive == Word.CLASS && !async) {
      classStatement();
    } else if (!decorators.isEmpty()) {
      throw rejected("a decorator without its function");
    } else {
      other(decisive);
    }
  }

  private void decorator() {
    if (decorators.isEmpty()) {
      decorators = new ArrayList<>(2);
      firstDecorator = at;
      begin(at);
    }
    names.beginStatement(at);
    int end = expressions.readStatement(at);
    decorators.add(tokens.slice(tokens.start(at + 1), tokens.end(end - 1)));
    at = end + 1;
  }

  private void function(boolean async) throws SourceRejectedException {
    int header = at;
    int first = beginDecorated();
    int name = nameBehind(async ? at + 1 : at);
    FunctionDraft draft =
        new FunctionDraft(
            tokens.name(name), block.scope, functions.size(), first, header, async, decorators);
    decorators = List.of();
    checkLength(draft.qualifiedName);
    functions.add(draft);
    headers.read(draft, name + 1);
    definition(Block.Kind.FUNCTION, Scope.ofFunction(draft), draft.colon);
  }

  private void classStatement() throws SourceRejectedException {
    beginDecorated();
    decorators = List.of();
    int name = nameBehind(at);
    expressions.begin();
    int colon = expressions.readHeader(name + 1);
    checkLength(block.scope.qualify(tokens.name(name)));
    definition(Block.Kind.CLASS, block.scope.ofClass(tokens.name(name)), colon);
  }

  /** Returns the token that the statement starts with, decorators included. */
  private int beginDecorated() {
    int first = decorators.isEmpty() ? at : firstDecorator;
    if (decorators.isEmpty()) {
      begin(at);
    }
    names.beginStatement(at);
    return first;
  }

  private int nameBehind(int keyword) throws SourceRejectedException {
    int name = keyword + 1;
    if (tokens.kind(name) != PythonTokens.NAME || Word.isKeyword(tokens.code(name))) {
      throw rejected("a definition without a name");
    }
    FunctionDraft outer = block.scope.function();
    if (outer != null && !block.scope.isClass()) {
      names.bind(outer, name);
    }
    return name;
  }

  private void other(int word) throws SourceRejectedException {
    switch (word) {
      case Word.ELSE -> clause(block.insideTry() ? Block.Kind.TRY_ELSE : Block.Kind.OTHER);
      case Word.ELIF -> clause(Block.Kind.OTHER);
      case Word.EXCEPT -> clause(Block.Kind.EXCEPT);
      case Word.FINALLY -> clause(Block.Kind.FINALLY);
      case Word.IF -> compound(Block.Kind.OTHER);
      case Word.TRY -> compound(Block.Kind.TRY);
      case Word.FOR, Word.WHILE -> compound(Block.Kind.LOOP);
      case Word.WITH -> compound(Block.Kind.WITH);
      default -> {
        if (block.kind == Block.Kind.MATCH) {
          caseClause(word);
        } else if (word == Word.MATCH && SoftKeywords.startsMatch(tokens, at)) {
          compound(Block.Kind.MATCH);
        } else {
          simpleStatements(at);
        }
      }
    }
  }

  private void caseClause(int word) throws SourceRejectedException {
    if (word != Word.CASE) {
      throw rejected("a match statement holds something else than cases");
    }
    compound(Block.Kind.OTHER);
  }

  private void compound(Block.Kind kind) throws SourceRejectedException {
    begin(at);
    clause(kind);
  }

  private void clause(Block.Kind kind) throws SourceRejectedException {
    names.beginStatement(at);
    expressions.begin();
    int colon = expressions.readHeader(at + 1);
    block.extraStaticBlocks(expressions.asyncComprehensions());
    boolean endless = tokens.isName(at, Word.WHILE) && Constants.isTrue(tokens, at + 1, colon);
    int items =
        switch (kind) {
          case LOOP -> 1;
          case WITH -> WithItems.count(tokens, at, colon);
          default -> 0;
        };
    boolean indented = isLineEnd(colon + 1);
    Block clause = new Block(kind, block, block.scope, items, indented);
    if (endless) {
      block.endlessLoop(clause);
    }
    open(clause, colon);
  }

  private void definition(Block.Kind kind, Scope scope, int colon) throws SourceRejectedException {
    open(new Block(kind, block, scope, 0, isLineEnd(colon + 1)), colon);
  }

  /** The block behind a colon: at the next INDENT, or read at once when it is on the same line. */
  private void open(Block opened, int colon) throws SourceRejectedException {
    if (isLineEnd(colon + 1)) {
      announced = opened;
      at = colon + 2;
    } else {
      enter(opened);
      simpleStatements(colon + 1);
      leave();
    }
  }

  private boolean isLineEnd(int token) {
    return tokens.kind(token) == PythonTokens.NEWLINE;
  }

  private void enter(Block opened) {
    block = opened;
    announced = null;
    names.enter(opened.scope);
  }

  private void leave() throws SourceRejectedException {
    Block closed = block;
    Block outer = closed.parent;
    if (outer == null) {
      throw rejected("a block ends that never began");
    }
    outer.close(closed);
    FunctionDraft function = closed.scope.function();
    if (function != null && closed.kind == Block.Kind.FUNCTION) {
      function.last = lastToken;
      function.lineEnd = lastLineEnd;
      function.fallsThrough = closed.fallsThrough();
      function.staticBlocks = closed.staticBlocksWithin();
      function.levels = closed.levelsWithin();
    } else if (function != null && outer.kind == Block.Kind.FUNCTION) {
      function.tryFallsThrough =
          closed.kind == Block.Kind.TRY ? closed.fallsThrough() : function.tryFallsThrough;
    }
    block = outer;
    names.enter(outer.scope);
  }

  private void begin(int first) {
    block.beginStatement();
    FunctionDraft function = block.scope.function();
    if (function != null && block.kind == Block.Kind.FUNCTION) {
      function.statement(tokens, first);
    }
  }

  private void simpleStatements(int from) throws SourceRejectedException {
    int first = from;
    while (true) {
      int end = simpleStatement(first);
      if (!isLineEnd(end)) {
        end++;
      }
      if (isLineEnd(end)) {
        lastLineEnd = end;
        at = end + 1;
        return;
      }
      first = end;
    }
  }

  private int simpleStatement(int first) throws SourceRejectedException {
    begin(first);
    names.beginStatement(first);
    int end = expressions.readStatement(first);
    if (end == first) {
      throw rejected("a statement is missing");
    }
    block.extraStaticBlocks(expressions.asyncComprehensions());
    lastToken = end - 1;
    if (tokens.kind(first) == PythonTokens.NAME) {
      switch (tokens.code(first)) {
        case Word.RETURN -> returnStatement(first, end);
        case Word.RAISE -> block.leave();
        case Word.BREAK -> block.breakLoop();
        case Word.GLOBAL -> globalStatement(first, end);
        case Word.IMPORT, Word.FROM -> importStatement(first, end);
        default -> {}
      }
    }
    return end;
  }

  private void returnStatement(int first, int end) {
    block.leave();
    FunctionDraft function = block.scope.function();
    if (function != null && !block.scope.isClass()) {
      function.returns(
          new ReturnStatement(tokens.start(first), tokens.end(end - 1), end == first + 1));
    }
  }

  private void globalStatement(int first, int end) {
    for (int i = first + 1; i < end; i++) {
      if (tokens.kind(i) == PythonTokens.NAME) {
        block.scope.declareGlobal(tokens.name(i));
      }
    }
  }

  private void importStatement(int first, int end) {
    if (block.scope.isModule()) {
      imports.add(tokens.slice(tokens.start(first), tokens.end(end - 1)));
    }
  }

  /** Long names, repeated by everything nested in them, would fill the memory. */
  private static void checkLength(String qualifiedName) throws SourceRejectedException {
    if (qualifiedName.length() > MAX_QUALIFIED_NAME) {
      throw new SourceRejectedException(
          RejectReason.NESTING, "a qualified name of " + qualifiedName.length() + " characters");
    }
  }

  private SourceRejectedException rejected(String what) {
    return new SourceRejectedException(RejectReason.PARSE, what + " at byte " + tokens.start(at));
  }
}
