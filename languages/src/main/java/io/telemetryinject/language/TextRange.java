package io.telemetryinject.language;

/** A piece of a text: UTF-8 byte offsets, 0-based, end exclusive. */
public record TextRange(int start, int end) {
  public TextRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a range: " + start + ".." + end);
    }
  }

  public TextRange minus(int offset) {
    return new TextRange(start - offset, end - offset);
  }
}
