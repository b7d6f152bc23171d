package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;

/**
 * Text to add at one place; what is there stays.
 *
 * @param offset in UTF-8 bytes from the start of the function's (or file's) text, 0-based
 */
public record Insertion(int offset, String text) {
  public Insertion {
    checkArgument(offset >= 0, "offset is negative: %s", offset);
    checkArgument(!text.isEmpty(), "an insertion without text at %s", offset);
  }
}
