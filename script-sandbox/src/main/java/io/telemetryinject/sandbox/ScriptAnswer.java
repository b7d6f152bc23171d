package io.telemetryinject.sandbox;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Insertion;
import java.util.List;
import java.util.function.Function;

/** What came of one {@link ScriptCall}: insertions, which are untrusted, or a failure. */
public sealed interface ScriptAnswer {

  record Answered(List<Insertion> insertions) implements ScriptAnswer {
    public Answered {
      insertions = List.copyOf(insertions);
    }

    @Override
    public <R> R fold(Function<Answered, R> answered, Function<Broken, R> broken) {
      return answered.apply(this);
    }
  }

  /**
   * @param code {@code SCRIPT}, {@code DEADLINE} or {@code SANDBOX}
   * @param detail for a person and for healing, at most 300 characters; holds no source text of
   *     ours, but may hold what the script raised
   */
  record Broken(ErrorCode code, String detail) implements ScriptAnswer {
    public Broken {
      requireNonNull(code, "code is null");
      requireNonNull(detail, "detail is null");
    }

    @Override
    public <R> R fold(Function<Answered, R> answered, Function<Broken, R> broken) {
      return broken.apply(this);
    }
  }

  <R> R fold(Function<Answered, R> answered, Function<Broken, R> broken);
}
