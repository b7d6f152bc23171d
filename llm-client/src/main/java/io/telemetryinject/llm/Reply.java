package io.telemetryinject.llm;

/**
 * What came of a prompt.
 *
 * @param text the answer, empty unless the ending is COMPLETE, TRUNCATED, REFUSED or FILTERED
 * @param detail for people: what happened and what to do; empty for COMPLETE
 */
public record Reply(Ending ending, String text, Usage usage, String detail) {
  Reply withUsage(Usage total) {
    return new Reply(ending, text, total, detail);
  }

  /** Sizes only: answers hold source text, which belongs in no log. */
  @Override
  public String toString() {
    return "Reply[%s, %d characters, %s, %s]".formatted(ending, text.length(), usage, detail);
  }
}
