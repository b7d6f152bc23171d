package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.CachedScript;
import java.util.function.Function;

/** How an order ended. */
public sealed interface Generation {

  /** A validated script stands in the cache, ours or an earlier writer's. */
  record Stored(CachedScript script) implements Generation {
    public Stored {
      requireNonNull(script, "script is null");
    }

    @Override
    public <R> R fold(
        Function<Stored, R> stored,
        Function<Exhausted, R> exhausted,
        Function<Unstored, R> unstored) {
      return stored.apply(this);
    }
  }

  /** No author's script passed validation. */
  record Exhausted(String detail) implements Generation {
    public Exhausted {
      requireNonNull(detail, "detail is null");
    }

    @Override
    public <R> R fold(
        Function<Stored, R> stored,
        Function<Exhausted, R> exhausted,
        Function<Unstored, R> unstored) {
      return exhausted.apply(this);
    }
  }

  /** A script was written, and the cache could not take it. */
  record Unstored(CacheException cause) implements Generation {
    public Unstored {
      requireNonNull(cause, "cause is null");
    }

    @Override
    public <R> R fold(
        Function<Stored, R> stored,
        Function<Exhausted, R> exhausted,
        Function<Unstored, R> unstored) {
      return unstored.apply(this);
    }
  }

  <R> R fold(
      Function<Stored, R> stored, Function<Exhausted, R> exhausted, Function<Unstored, R> unstored);
}
