package io.telemetryinject.generator.author;

import java.util.function.Function;

/** What came of asking a model for one file. */
sealed interface CodeReply {

  /** The file. */
  record Code(String text) implements CodeReply {
    @Override
    public <R> R fold(Function<Code, R> code, Function<None, R> none) {
      return code.apply(this);
    }
  }

  /**
   * There is none to be had.
   *
   * @param conclusive whether the model answered, if not with code
   */
  record None(String detail, boolean conclusive) implements CodeReply {
    @Override
    public <R> R fold(Function<Code, R> code, Function<None, R> none) {
      return none.apply(this);
    }
  }

  <R> R fold(Function<Code, R> code, Function<None, R> none);
}
