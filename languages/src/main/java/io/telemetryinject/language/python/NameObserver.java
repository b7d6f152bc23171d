package io.telemetryinject.language.python;

/** Is told of the names in expressions that may mean something. */
interface NameObserver {

  /** Whether names without a {@link Word} of their own matter, too. */
  boolean observesAllNames();

  /**
   * A name.
   *
   * @param depth how many brackets are open around it
   * @param inLambda whether it stands in a lambda's body
   */
  void name(int token, int code, int depth, boolean inLambda);

  /** A string whose fields may hold names. */
  void formatted(int token, boolean inLambda);
}
