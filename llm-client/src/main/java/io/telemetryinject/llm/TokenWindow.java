package io.telemetryinject.llm;

import java.util.LinkedList;
import java.util.List;

/**
 * Keeps the tokens of the last 60 seconds under this process's part of a limit; only one thread
 * asks for room at a time.
 */
final class TokenWindow {
  private static final long WINDOW = 60_000_000_000L;

  /** Tokens of one call; counted from when they were last known. */
  static final class Entry {
    private long at;
    private long tokens;

    private Entry(long at, long tokens) {
      this.at = at;
      this.tokens = tokens;
    }
  }

  private final long tokensPerMinute;
  private final FleetShare share;
  private final List<Entry> entries = new LinkedList<>();

  TokenWindow(long tokensPerMinute, FleetShare share) {
    this.tokensPerMinute = tokensPerMinute;
    this.share = share;
  }

  /**
   * 0 when so many tokens have room now; more than the whole limit have it when nothing else is.
   */
  synchronized long nanosToWait(long now, long tokens) {
    entries.removeIf(entry -> now - entry.at >= WINDOW);
    if (tokensPerMinute == 0) {
      return 0;
    }
    double limit = Pace.HEADROOM * tokensPerMinute * Math.min(1, share.share());
    long sum = entries.stream().mapToLong(entry -> entry.tokens).sum();
    if (sum + tokens <= limit || entries.isEmpty()) {
      return 0;
    }
    long oldest = entries.stream().mapToLong(entry -> entry.at).min().orElse(now);
    return oldest + WINDOW - now;
  }

  synchronized Entry add(long now, long tokens) {
    Entry entry = new Entry(now, tokens);
    entries.add(entry);
    return entry;
  }

  /** What a call did take in place of what was expected. */
  synchronized void correct(Entry entry, long now, long tokens) {
    entry.at = now;
    entry.tokens = tokens;
  }
}
