package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

/**
 * Something that {@code --cache-validate} has to say about the cache.
 *
 * @param name of the entry, or path of the file within the cache
 * @param detail in words for a person
 */
public record CacheFinding(Kind kind, String name, String detail) {

  /** What it means, the worst first. */
  public enum Kind {
    /** Not as it was signed; it is in quarantine from now on. */
    DAMAGED,
    /** As it was signed, but it fails its validation; it is in quarantine from now on. */
    FAILED,
    /** It, or a part of it, cannot be read at present. */
    UNREADABLE,
    /** In quarantine since earlier. */
    QUARANTINED,
    /** Left by a writer that died, without effect; pruning removes it. */
    LEFTOVER,
    /** Not the cache's; it is left alone. */
    FOREIGN
  }

  public CacheFinding {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(detail, "detail is null");
  }
}
