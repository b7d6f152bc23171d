package io.telemetryinject.generator.author;

import io.telemetryinject.model.Effort;
import io.telemetryinject.sandbox.ValidationReport;
import java.util.function.Function;

/** What an author's work came to. */
public sealed interface Manuscript {

  /** A script that passed validation. */
  record Sound(Draft draft, ValidationReport report, Effort effort) implements Manuscript {
    @Override
    public <R> R fold(Function<Sound, R> sound, Function<Abandoned, R> abandoned) {
      return sound.apply(this);
    }
  }

  /**
   * No script passed.
   *
   * @param conclusive whether the author failed at the task; otherwise something else was in the
   *     way (no answer, no budget), and another day may be better
   */
  record Abandoned(String detail, boolean conclusive, Effort effort) implements Manuscript {
    @Override
    public <R> R fold(Function<Sound, R> sound, Function<Abandoned, R> abandoned) {
      return abandoned.apply(this);
    }
  }

  <R> R fold(Function<Sound, R> sound, Function<Abandoned, R> abandoned);

  Effort effort();
}
