package io.telemetryinject.language.python;

import org.jspecify.annotations.Nullable;

/** A block of statements while it is read: how it ends, and how deeply it nests. */
final class Block {
  enum Kind {
    MODULE,
    FUNCTION,
    CLASS,
    LOOP,
    WITH,
    TRY,
    EXCEPT,
    TRY_ELSE,
    FINALLY,
    MATCH,
    OTHER
  }

  final Kind kind;
  final @Nullable Block parent;
  final Scope scope;
  private final int staticBlocks;
  private final boolean indented;

  /** Whether the last statement is return or raise. */
  private boolean leaves;

  /** The loop over a true constant that is the last statement, or null. */
  private @Nullable Block endlessLoop;

  private boolean broken;
  private int levels;
  private final StaticBlocks nested = new StaticBlocks();

  /**
   * @param staticBlocks how many of CPython's static blocks the statement opens
   * @param indented whether the block has lines of its own
   */
  Block(Kind kind, @Nullable Block parent, Scope scope, int staticBlocks, boolean indented) {
    this.kind = kind;
    this.parent = parent;
    this.scope = scope;
    this.staticBlocks = staticBlocks;
    this.indented = indented;
  }

  /** A statement begins that is no clause of the one before. */
  void beginStatement() {
    nested.endTry();
    leaves = false;
    endlessLoop = null;
  }

  void leave() {
    leaves = true;
  }

  void endlessLoop(Block loop) {
    endlessLoop = loop;
  }

  /** A {@code break} in this block: marks the loop that it leaves. */
  void breakLoop() {
    Block block = this;
    while (block != null && block.kind != Kind.LOOP) {
      block = block.kind == Kind.FUNCTION || block.kind == Kind.CLASS ? null : block.parent;
    }
    if (block != null) {
      block.broken = true;
    }
  }

  /** Whether control runs out of the block's end, as far as its last statement tells. */
  boolean fallsThrough() {
    return !leaves && (endlessLoop == null || endlessLoop.broken);
  }

  /** Whether an {@code else} here would belong to a {@code try}. */
  boolean insideTry() {
    return nested.insideTry();
  }

  /** Takes over what matters of a block that ends in this one. */
  void close(Block child) {
    child.nested.endTry();
    levels = Math.max(levels, child.levelsWithin());
    if (child.kind != Kind.FUNCTION && child.kind != Kind.CLASS) {
      nested.add(child.kind, child.staticBlocks, child.nested.needed());
    }
  }

  void extraStaticBlocks(int count) {
    nested.add(Kind.OTHER, count, 0);
  }

  /** How many of CPython's static blocks are open at most in the block itself. */
  int staticBlocksWithin() {
    return nested.needed();
  }

  /**
   * How many levels of indentation the block takes at most, when every function in it, and the one
   * that it is the body of, gets its own {@code try}.
   */
  int levelsWithin() {
    boolean function = kind == Kind.FUNCTION;
    return levels + (indented || function ? 1 : 0) + (function ? 1 : 0);
  }
}
