package io.telemetryinject.llm.stub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Enforces requests per minute over a sliding window of 60 seconds. */
final class RequestWindow implements Script {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final int requestsPerMinute;
  private final Script within;
  private final Deque<Instant> accepted = new ArrayDeque<>();

  RequestWindow(int requestsPerMinute, Script within) {
    this.requestsPerMinute = requestsPerMinute;
    this.within = within;
  }

  @Override
  public StubAnswer answer(StubRequest request) {
    Instant now = request.arrived();
    synchronized (accepted) {
      while (!accepted.isEmpty() && !accepted.peekFirst().plus(WINDOW).isAfter(now)) {
        accepted.removeFirst();
      }
      if (accepted.size() >= requestsPerMinute) {
        return StubAnswer.throttled(
            Duration.between(now, accepted.getFirst().plus(WINDOW)).plusMillis(1));
      }
      accepted.addLast(now);
    }
    return within.answer(request);
  }
}
