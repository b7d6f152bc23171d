package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.Function;

/** What became of one function; every task ends in exactly one of these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Applied.class, name = "applied"),
  @JsonSubTypes.Type(value = Outcome.Unchanged.class, name = "unchanged"),
  @JsonSubTypes.Type(value = Outcome.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = Outcome.Rejected.class, name = "rejected"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
})
public sealed interface Outcome {

  /**
   * Telemetry was inserted.
   *
   * @param insertions ascending by offset from the function's first byte; equal offsets apply in
   *     list order
   */
  record Applied(List<Insertion> insertions, ScriptKey script, int version) implements Outcome {
    public Applied {
      insertions = copy(insertions, "insertions");
      requireNonNull(script, "script is missing");
      checkArgument(version >= 1, "version is not positive: %s", version);
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.applied().apply(this);
    }
  }

  /** Already instrumented: nothing to do. */
  record Unchanged() implements Outcome {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.unchanged().apply(this);
    }
  }

  /** Left alone by rule. */
  record Skipped(SkipReason reason) implements Outcome {
    public Skipped {
      requireNonNull(reason, "reason is missing");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.skipped().apply(this);
    }
  }

  /** Refused by a check; the function stays as it was. */
  record Rejected(RejectReason reason, String detail) implements Outcome {
    public Rejected {
      requireNonNull(reason, "reason is missing");
      requireNonNull(detail, "detail is missing");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.rejected().apply(this);
    }
  }

  /** No verdict could be reached; the function stays as it was. */
  record Failed(ErrorCode code, String detail) implements Outcome {
    public Failed {
      requireNonNull(code, "code is missing");
      requireNonNull(detail, "detail is missing");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.failed().apply(this);
    }
  }

  /** One function per case, so that a new case breaks every reader at compile time. */
  record Fold<R>(
      Function<Applied, R> applied,
      Function<Unchanged, R> unchanged,
      Function<Skipped, R> skipped,
      Function<Rejected, R> rejected,
      Function<Failed, R> failed) {}

  <R> R fold(Fold<R> fold);
}
