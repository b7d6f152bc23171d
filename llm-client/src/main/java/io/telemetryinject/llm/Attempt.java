package io.telemetryinject.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What came of one try: an answer that stands, or a reason to try again. */
sealed interface Attempt {
  /** What the try took, by the provider's own account or at worst. */
  Usage usage();

  /** No further try changes this. */
  record Answered(Reply reply) implements Attempt {
    @Override
    public Usage usage() {
      return reply.usage();
    }
  }

  /** The provider asks for fewer calls. */
  record Throttled(Optional<Duration> retryAfter, Usage usage, String detail) implements Attempt {}

  /** It may go better the next time. */
  record Failed(Usage usage, String detail) implements Attempt {}

  /** An end without a call. */
  static Attempt uncalled(Ending ending, String detail) {
    return new Answered(new Reply(ending, "", Usage.none(), detail));
  }

  default <T> T fold(
      Function<Answered, T> answered,
      Function<Throttled, T> throttled,
      Function<Failed, T> failed) {
    if (this instanceof Answered it) {
      return answered.apply(it);
    }
    return this instanceof Throttled it ? throttled.apply(it) : failed.apply((Failed) this);
  }
}
